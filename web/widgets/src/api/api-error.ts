/** Why a request failed. Status 0 means that no answer came: offline, or the server is away. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly fields: Readonly<Record<string, string>> = {},
    readonly retryAfter: number | null = null,
    /** What the answer says besides its message. */
    readonly more: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.name = 'ApiError';
  }

  get isOffline(): boolean {
    return this.status === 0;
  }
}

export const OFFLINE = 'No connection to the server. Check your network and try again.';

/** Reads the error dialects that Hearth speaks: `{detail}`, `{field: [...]}`, `{message}`, problem details. */
export function readError(status: number, body: unknown, retryAfter: string | null = null): ApiError {
  const seconds = retryAfter === null ? null : Number(retryAfter) || null;
  if (typeof body !== 'object' || body === null) {
    return new ApiError(status, status >= 500 ? 'The server could not do that.' : 'That did not work.', {}, seconds);
  }
  const record = body as Record<string, unknown>;
  if (typeof record.errors === 'object' && record.errors !== null) return ofFields(status, record.errors, seconds);
  for (const key of ['detail', 'message', 'error', 'title']) {
    const text = firstText(record[key]);
    if (text !== null) return new ApiError(status, text, {}, seconds, textsOf(record));
  }
  return ofFields(status, record, seconds);
}

function ofFields(status: number, record: object, seconds: number | null): ApiError {
  const fields: Record<string, string> = {};
  for (const [field, messages] of Object.entries(record)) {
    const text = firstText(messages);
    if (text !== null) fields[field] = text;
  }
  const [first] = Object.entries(fields);
  return new ApiError(status, first ? first[1] : 'That did not work.', fields, seconds);
}

function textsOf(record: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(record).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}

function firstText(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && typeof value[0] === 'string') return value[0];
  return null;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'That did not work.';
}
