import createClient, { type Client } from 'openapi-fetch';
import { ApiError, OFFLINE, readError } from './api-error';
import type { paths } from './schema';

/** Gives the access token to send; `refresh` asks for a new one because the server refused the last. */
export type GetToken = (options?: { refresh?: boolean }) => Promise<string | null> | string | null;

interface UploadOptions {
  idempotencyKey: string;
  onProgress?: (fraction: number) => void;
}

/** Requests to one Hearth, with the caller's token; a refused token is renewed once. */
export class Http {
  /** The API as the server's OpenAPI document types it. Wrap a call in {@link ok}. */
  readonly api: Client<paths>;

  private readonly listening = new Set<() => void>();

  constructor(
    readonly baseUrl: string,
    private readonly getToken: GetToken,
  ) {
    this.api = createClient<paths>({ baseUrl, fetch: (request) => this.fetch(request) });
  }

  /** Says when something was written, but for views; the answer ends it. */
  onWrite(listener: () => void): () => void {
    this.listening.add(listener);
    return () => this.listening.delete(listener);
  }

  /** A read of a route that the document does not type. */
  read<T>(path: string, query: Record<string, unknown> = {}): Promise<T> {
    return ok(this.api.GET(path as never, { params: { query } } as never)) as Promise<T>;
  }

  /** Sends a form with a file, and tells how far it is. */
  async upload<T>(path: string, form: FormData, options: UploadOptions): Promise<T> {
    const token = await this.getToken();
    const answer = await sendForm(this.baseUrl + path, form, token, options);
    if (answer.status !== 401 || token === null) return this.written(unwrap<T>(answer));
    const renewed = await this.getToken({ refresh: true });
    return this.written(
      unwrap<T>(renewed === null ? answer : await sendForm(this.baseUrl + path, form, renewed, options)),
    );
  }

  private async fetch(request: Request): Promise<Response> {
    const response = await this.send(request);
    const wrote = response.ok && request.method !== 'GET' && !request.url.includes('/mark_as_viewed/');
    return wrote ? this.written(response) : response;
  }

  private written<T>(answer: T): T {
    for (const listener of this.listening) listener();
    return answer;
  }

  private async send(request: Request): Promise<Response> {
    const token = await this.getToken();
    if (token === null) return answered(request);
    const again = request.clone();
    request.headers.set('Authorization', `Bearer ${token}`);
    const response = await answered(request);
    if (response.status !== 401) return response;
    const renewed = await this.getToken({ refresh: true });
    if (renewed === null) return response;
    again.headers.set('Authorization', `Bearer ${renewed}`);
    return answered(again);
  }
}

async function answered(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw new ApiError(0, OFFLINE);
  }
}

/** The body of an answer that is one; otherwise the server's words as an {@link ApiError}. */
export async function ok<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await call;
  if (!response.ok) throw readError(response.status, error, response.headers.get('Retry-After'));
  return data as T;
}

interface Answer {
  status: number;
  text: string;
  retryAfter: string | null;
}

/** Fetch cannot tell how much has been sent; XMLHttpRequest can. */
function sendForm(url: string, form: FormData, token: string | null, options: UploadOptions): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', url);
    request.setRequestHeader('Idempotency-Key', options.idempotencyKey);
    if (token !== null) request.setRequestHeader('Authorization', `Bearer ${token}`);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) options.onProgress?.(event.loaded / event.total);
    };
    request.onload = () =>
      resolve({
        status: request.status,
        text: request.responseText,
        retryAfter: request.getResponseHeader('Retry-After'),
      });
    request.onerror = () => reject(new ApiError(0, OFFLINE));
    request.send(form);
  });
}

function unwrap<T>({ status, text, retryAfter }: Answer): T {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    body = undefined;
  }
  if (status >= 200 && status < 300) return body as T;
  throw readError(status, body, retryAfter);
}

/** The query of a page's `next`: the address itself may name another host than the one used here. */
export function nextQuery(next: string | null | undefined): Record<string, string> | null {
  if (next === null || next === undefined) return null;
  const at = next.indexOf('?');
  return Object.fromEntries(new URLSearchParams(at < 0 ? '' : next.slice(at)));
}

/** A fresh key for an `Idempotency-Key`; `randomUUID` exists on secure pages only. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
