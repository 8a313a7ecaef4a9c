import { newKey, ok, type User, useHearth } from '@hearth/widgets';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { session } from '../../app/session';

export interface AccountChange {
  display_name: string;
  bio: string;
  show_email: boolean;
  is_private: boolean;
}

const KEY = ['account'];

export function useAccount() {
  const { hearth, me } = useHearth();
  return useQuery({ queryKey: [...KEY, me?.id], queryFn: () => ok(hearth.http.api.GET('/api/auth/me/')) });
}

export function useChangePhoto() {
  const { hearth, me } = useHearth();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (photo: File) => {
      const form = new FormData();
      form.set('photo', photo);
      return hearth.http.upload<User>('/api/auth/me/photo/', form, { idempotencyKey: newKey() });
    },
    onSuccess: (account) => {
      queries.setQueryData([...KEY, me?.id], account);
      session.update(account);
    },
  });
}

export function useChangeAccount() {
  const { hearth, me } = useHearth();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: AccountChange) => ok(hearth.http.api.PATCH('/api/auth/me/', { body })),
    onSuccess: (account) => {
      queries.setQueryData([...KEY, me?.id], account);
      session.update(account);
    },
  });
}
