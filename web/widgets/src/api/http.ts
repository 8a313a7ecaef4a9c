import { ApiError, OFFLINE, readError } from './api-error';

/** Gives the access token to send; `refresh` asks for a new one because the server refused the last. */
export type GetToken = (options?: { refresh?: boolean }) => Promise<string | null> | string | null;

export type Query = Record<string, string | number | boolean | null | undefined>;

interface Options {
  query?: Query | string;
  body?: unknown;
  /** Makes a repeat of the same create harmless: the server answers with what the first one made. */
  idempotencyKey?: string;
  signal?: AbortSignal;
  onProgress?: (fraction: number) => void;
}

/** Requests to one Hearth, with the caller's token; a refused token is renewed once. */
export class Http {
  constructor(
    readonly baseUrl: string,
    private readonly getToken: GetToken,
  ) {}

  get<T>(path: string, query?: Query | string, signal?: AbortSignal): Promise<T> {
    return this.send<T>('GET', path, { query, signal });
  }

  post<T>(path: string, body?: unknown, options: Omit<Options, 'body'> = {}): Promise<T> {
    return this.send<T>('POST', path, { ...options, body });
  }

  async send<T>(method: string, path: string, options: Options = {}): Promise<T> {
    const token = await this.getToken();
    const answer = await this.once<T>(method, path, options, token);
    if (answer.status !== 401 || token === null) return unwrap(answer);
    const renewed = await this.getToken({ refresh: true });
    if (renewed === null) return unwrap(answer);
    return unwrap(await this.once<T>(method, path, options, renewed));
  }

  url(path: string, query?: Query | string): string {
    return `${this.baseUrl}${path}${queryText(query)}`;
  }

  private once<T>(method: string, path: string, options: Options, token: string | null): Promise<Answer<T>> {
    const headers: Record<string, string> = { Accept: 'application/json' };
    if (token !== null) headers.Authorization = `Bearer ${token}`;
    if (options.idempotencyKey) headers['Idempotency-Key'] = options.idempotencyKey;
    let body: BodyInit | undefined;
    if (options.body instanceof FormData) body = options.body;
    else if (options.body !== undefined) {
      headers['Content-Type'] = 'application/json';
      body = JSON.stringify(options.body);
    }
    const url = this.url(path, options.query);
    return options.onProgress && body instanceof FormData
      ? upload<T>(method, url, headers, body, options.onProgress)
      : fetchOnce<T>(method, url, headers, body, options.signal);
  }
}

interface Answer<T> {
  status: number;
  body: T | undefined;
  retryAfter: string | null;
}

function unwrap<T>(answer: Answer<T>): T {
  if (answer.status >= 200 && answer.status < 300) return answer.body as T;
  throw readError(answer.status, answer.body, answer.retryAfter);
}

async function fetchOnce<T>(
  method: string,
  url: string,
  headers: Record<string, string>,
  body: BodyInit | undefined,
  signal?: AbortSignal,
): Promise<Answer<T>> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, { method, headers, body, signal });
    text = await response.text();
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError(0, OFFLINE);
  }
  return { status: response.status, body: parse<T>(text), retryAfter: response.headers.get('Retry-After') };
}

/** Fetch cannot tell how much has been sent; XMLHttpRequest can. */
function upload<T>(
  method: string,
  url: string,
  headers: Record<string, string>,
  body: FormData,
  onProgress: (fraction: number) => void,
): Promise<Answer<T>> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total);
    };
    request.onload = () =>
      resolve({
        status: request.status,
        body: parse<T>(request.responseText),
        retryAfter: request.getResponseHeader('Retry-After'),
      });
    request.onerror = () => reject(new ApiError(0, OFFLINE));
    request.send(body);
  });
}

function parse<T>(text: string): T | undefined {
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as T;
  } catch {
    return undefined;
  }
}

function queryText(query?: Query | string): string {
  if (query === undefined) return '';
  if (typeof query === 'string') return query;
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') params.set(name, String(value));
  }
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}

/** The query of a page's `next`: the address itself may name another host than the one used here. */
export function nextQuery(next: string | null): string | null {
  if (next === null) return null;
  const at = next.indexOf('?');
  return at < 0 ? '' : next.slice(at);
}

/** A fresh key for an `Idempotency-Key`; `randomUUID` exists on secure pages only. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
