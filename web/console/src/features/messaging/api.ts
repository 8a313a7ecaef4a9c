import { data, newKey, nextQuery, ok, useHearth } from '@hearth/widgets';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

const FIRST: Record<string, string> = { limit: '25' };

/** A list of messaging, page after page. */
function useList<T extends { next: string | null }>(
  key: readonly unknown[],
  fetch: (query: Record<string, string>) => Promise<T>,
) {
  return useInfiniteQuery({
    queryKey: ['messaging', ...key],
    initialPageParam: FIRST,
    queryFn: ({ pageParam }) => fetch(pageParam),
    getNextPageParam: (page) => nextQuery(page.next),
  });
}

/** A write; whatever messaging shows is asked for anew. */
function useWrite<V, T>(write: (values: V) => Promise<T>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: write,
    onSettled: () => queries.invalidateQueries({ queryKey: ['messaging'] }),
  });
}

function useApi() {
  return useHearth().hearth.http.api;
}

export function useContacts(q: string) {
  const api = useApi();
  return useList(['contacts', q], (query) =>
    data(ok(api.GET('/api/messaging/contacts/', { params: { query: { ...query, ...(q ? { q } : {}) } as never } }))),
  );
}

export interface ContactValues {
  name: string;
  phone: string | null;
  email: string | null;
  tags: string[];
}

export function useAddContact() {
  const api = useApi();
  return useWrite((body: ContactValues) => data(ok(api.POST('/api/messaging/contacts/', { body }))));
}

export function useContact(id: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['messaging', 'contact', id],
    queryFn: () => data(ok(api.GET('/api/messaging/contacts/{id}/', { params: { path: { id } } }))),
  });
}

export function useEditContact(id: string) {
  const api = useApi();
  return useWrite((body: Partial<ContactValues> & { opted_out?: boolean }) =>
    data(ok(api.PATCH('/api/messaging/contacts/{id}/', { params: { path: { id } }, body: body as never }))),
  );
}

/** What was merged into a contact. */
export function useMerges(id: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['messaging', 'merges', id],
    queryFn: () => data(ok(api.GET('/api/messaging/contacts/{id}/merges/', { params: { path: { id } } }))),
  });
}

export function useMerge(id: string) {
  const api = useApi();
  return useWrite((duplicate: string) =>
    data(ok(api.POST('/api/messaging/contacts/{id}/merge/', { params: { path: { id } }, body: { duplicate } }))),
  );
}

export function useUndoMerge() {
  const api = useApi();
  return useWrite((id: string) =>
    data(ok(api.POST('/api/messaging/contacts/merges/{id}/undo/', { params: { path: { id } } }))),
  );
}

/** Everything between the organisation and a contact. */
export function useTimeline(id: string) {
  const api = useApi();
  return useList(['timeline', id], (query) =>
    data(ok(api.GET('/api/messaging/contacts/{id}/timeline/', { params: { path: { id }, query: query as never } }))),
  );
}

export function useImports() {
  const api = useApi();
  return useQuery({
    queryKey: ['messaging', 'imports'],
    queryFn: () => data(ok(api.GET('/api/messaging/contacts/imports/', { params: { query: { limit: 5 } } }))),
    // Live events tell of progress; this is for when they do not come.
    refetchInterval: ({ state }) => (state.data?.results.some((one) => one.status === 'running') ? 2_000 : false),
  });
}

export function useImportFile() {
  const { hearth } = useHearth();
  return useWrite(({ file, onProgress }: { file: File; onProgress: (part: number) => void }) => {
    const form = new FormData();
    form.append('file', file);
    return hearth.http.upload<{ data: { id: string; errors: { row: number; message: string }[] } }>(
      '/api/messaging/contacts/import/',
      form,
      { idempotencyKey: newKey(), onProgress },
    );
  });
}

export function useConversations(status: 'open' | 'closed') {
  const api = useApi();
  return useList(['conversations', status], (query) =>
    data(ok(api.GET('/api/messaging/conversations/', { params: { query: { ...query, status } as never } }))),
  );
}

export function useConversation(id: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['messaging', 'conversation', id],
    queryFn: () => data(ok(api.GET('/api/messaging/conversations/{id}/', { params: { path: { id } } }))),
  });
}

export function useMessages(id: string) {
  const api = useApi();
  return useList(['messages', id], (query) =>
    data(
      ok(api.GET('/api/messaging/conversations/{id}/messages/', { params: { path: { id }, query: query as never } })),
    ),
  );
}

export function useSend(id: string) {
  const api = useApi();
  return useWrite((body: string) =>
    data(ok(api.POST('/api/messaging/conversations/{id}/messages/', { params: { path: { id } }, body: { body } }))),
  );
}

export function useEditConversation(id: string) {
  const api = useApi();
  return useWrite((body: { status?: 'open' | 'closed'; assignee?: string | null }) =>
    data(ok(api.PATCH('/api/messaging/conversations/{id}/', { params: { path: { id } }, body: body as never }))),
  );
}

export function useTemplates(status?: 'approved') {
  const api = useApi();
  return useList(['templates', status ?? ''], (query) =>
    data(
      ok(
        api.GET('/api/messaging/templates/', {
          params: { query: { ...query, ...(status ? { status } : {}) } as never },
        }),
      ),
    ),
  );
}

export interface TemplateValues {
  name: string;
  category: string;
  language: string;
  channel: string;
  body: string;
}

export function useAddTemplate() {
  const api = useApi();
  return useWrite((body: TemplateValues) => data(ok(api.POST('/api/messaging/templates/', { body }))));
}

/** Submits, approves or rejects. */
export function useDecide() {
  const api = useApi();
  return useWrite(({ id, step }: { id: string; step: 'submit' | 'approve' | 'reject' }) => {
    const params = { path: { id } };
    if (step === 'submit') return data(ok(api.POST('/api/messaging/templates/{id}/submit/', { params })));
    if (step === 'approve') return data(ok(api.POST('/api/messaging/templates/{id}/approve/', { params })));
    return data(ok(api.POST('/api/messaging/templates/{id}/reject/', { params, body: {} as never })));
  });
}

export function useCampaigns() {
  const api = useApi();
  return useList(['campaigns'], (query) =>
    data(ok(api.GET('/api/messaging/campaigns/', { params: { query: query as never } }))),
  );
}

export function useCampaign(id: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['messaging', 'campaign', id],
    queryFn: () => data(ok(api.GET('/api/messaging/campaigns/{id}/', { params: { path: { id } } }))),
    refetchInterval: ({ state }) => (state.data?.status === 'running' ? 5_000 : false),
  });
}

export function useReceipts(id: string, status: string) {
  const api = useApi();
  return useList(['receipts', id, status], (query) =>
    data(
      ok(
        api.GET('/api/messaging/campaigns/{id}/receipts/', {
          params: { path: { id }, query: { ...query, ...(status ? { status } : {}) } as never },
        }),
      ),
    ),
  );
}

export interface CampaignValues {
  name: string;
  template: string;
  channel: string;
  tags: string[];
}

export function useAddCampaign() {
  const api = useApi();
  return useWrite(({ tags, ...rest }: CampaignValues) =>
    data(ok(api.POST('/api/messaging/campaigns/', { body: { ...rest, audience: { tags } } as never }))),
  );
}

export type CampaignStep = 'start' | 'pause' | 'resume' | 'cancel' | 'resend';

export function useCampaignStep(id: string) {
  const api = useApi();
  return useWrite(async (step: CampaignStep) => {
    const params = { path: { id } };
    if (step === 'start') await ok(api.POST('/api/messaging/campaigns/{id}/start/', { params }));
    else if (step === 'pause') await ok(api.POST('/api/messaging/campaigns/{id}/pause/', { params }));
    else if (step === 'resume') await ok(api.POST('/api/messaging/campaigns/{id}/resume/', { params }));
    else if (step === 'cancel') await ok(api.POST('/api/messaging/campaigns/{id}/cancel/', { params }));
    else await ok(api.POST('/api/messaging/campaigns/{id}/resend/', { params, body: {} as never }));
  });
}
