import { RequestFailed, toOffline, toRequestFailed } from "./problem.ts";

type Query = Readonly<Record<string, string | number | boolean | undefined>>;

interface SendOptions {
  readonly query?: Query;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** Requests to the daemon that served this page, under any path. All reject with `RequestFailed`. */
export interface Http {
  get<T>(path: string, options?: SendOptions): Promise<T>;
  send<T>(method: "POST" | "PATCH" | "DELETE", path: string, options?: SendOptions): Promise<T>;
  /** The raw answer, for streams and pictures. */
  open(path: string, options?: { signal?: AbortSignal; accept?: string }): Promise<Response>;
  /** Absolute address of a path that is relative to the server's root. */
  url(path: string, query?: Query): string;
  /** If cookies are blocked (a frame of another site), the token is sent in a header and kept in memory only. */
  readonly usesHeader: boolean;
  useToken(token: string | null): void;
  /** Resolves when the writes under way are answered or have failed, and whoever sent them knows. */
  written(): Promise<void>;
}

/** `base`: the daemon's root, ends with a slash. `onUnauthorized` is called on every 401. */
export function createHttp(base: string, onUnauthorized: () => void): Http {
  let token: string | null = null;
  const writing = new Set<Promise<unknown>>();

  function url(path: string, query: Query = {}): string {
    const address = new URL(path, base);
    for (const [key, value] of Object.entries(query)) {
      if (value !== undefined) address.searchParams.set(key, String(value));
    }
    return address.href;
  }

  async function call(address: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    if (token !== null) headers.set("authorization", `Bearer ${token}`);
    let response: Response;
    try {
      response = await fetch(address, { ...init, headers, credentials: "same-origin" });
    } catch (cause) {
      throw toOffline(cause);
    }
    if (response.ok) return response;
    if (response.status === 401) onUnauthorized();
    throw await toRequestFailed(response);
  }

  async function toJson<T>(response: Response): Promise<T> {
    if (response.status === 204) return undefined as T;
    try {
      return (await response.json()) as T;
    } catch (cause) {
      throw new RequestFailed(
        { status: response.status, code: "NOT_JSON", detail: "the answer is not JSON" },
        { cause },
      );
    }
  }

  return {
    url,
    async get<T>(path: string, options: SendOptions = {}) {
      const init = { headers: { accept: "application/json", ...options.headers }, signal: options.signal ?? null };
      return toJson<T>(await call(url(path, options.query), init));
    },
    async send<T>(method: "POST" | "PATCH" | "DELETE", path: string, options: SendOptions = {}) {
      const init = {
        method,
        headers: {
          accept: "application/json",
          "content-type": "application/json",
          // A foreign page cannot send this header without a CORS preflight: this protects the cookie.
          "x-requested-with": "faces2mqtt",
          ...options.headers,
        },
        body: JSON.stringify(options.body ?? {}),
        signal: options.signal ?? null,
      };
      const answered = call(url(path, options.query), init).then(toJson<T>);
      writing.add(answered);
      try {
        return await answered;
      } finally {
        writing.delete(answered);
      }
    },
    open: (path, { signal, accept } = {}) =>
      call(url(path), { headers: accept ? { accept } : {}, signal: signal ?? null, cache: "no-cache" }),
    get usesHeader() {
      return token !== null;
    },
    useToken(next) {
      token = next;
    },
    async written() {
      if (writing.size === 0) return;
      await Promise.allSettled(writing);
      // What awaits the answer goes on first.
      await new Promise((resolve) => setTimeout(resolve));
    },
  };
}
