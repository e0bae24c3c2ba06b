import { createAuthorizer, type Login } from "./authorizer.ts";
import { FetchFailed } from "./fetch-failed.ts";

const TOTAL_MS = 15_000;
const IDLE_MS = 10_000;
const MOST_REDIRECTS = 3;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

export interface FetchBytesDeps {
  /** Addresses of the configuration: only their origins (scheme, host, port) are ever asked, redirects included. */
  readonly addresses: readonly string[];
  /** Sent when the server asks for it. */
  readonly login?: Login | null;
  /** Sent with every request, such as `authorization`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Longest body, unpacked. */
  readonly maxBytes: number;
  /** Aborts what is under way: the daemon is stopping. */
  readonly stop: AbortSignal;
  /** From the request to the end of the answer. */
  readonly totalMs?: number;
  /** Between two parts of the answer. */
  readonly idleMs?: number;
}

export interface BytesRequest {
  readonly url: URL;
  readonly method?: "GET" | "POST" | "PUT" | "DELETE";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Called with what has come of a body, until it returns true; what it throws ends the request. */
  readonly check?: (start: Uint8Array, status: number) => boolean;
}

/** An answer of any status. */
export interface BytesAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
}

/**
 * One request over HTTP.
 * @throws {FetchFailed} when there is no answer, or none within the limits; 401 is an answer too.
 */
export type FetchBytes = (request: BytesRequest) => Promise<BytesAnswer>;

/**
 * Asks servers of the configuration, and no others: a camera that redirects inward reaches nothing. Every answer has a limit
 * in time and size. Connections are kept.
 */
export function createFetchBytes(deps: FetchBytesDeps): FetchBytes {
  const { login, maxBytes, stop, totalMs = TOTAL_MS, idleMs = IDLE_MS } = deps;
  const origins = new Set(deps.addresses.map((address) => new URL(address).origin));
  const authorizer = login ? createAuthorizer(login) : null;

  async function send(request: BytesRequest, url: URL, signal: AbortSignal): Promise<Response> {
    const method = request.method ?? "GET";
    const authorization = authorizer?.authorize(method, url.pathname + url.search);
    const headers = {
      accept: "image/*, */*;q=0.5",
      ...deps.headers,
      ...request.headers,
      ...(authorization ? { authorization } : {}),
    };
    const options: RequestInit = { method, headers, redirect: "manual", signal };
    if (request.body !== undefined) options.body = request.body;
    try {
      return await fetch(url, options);
    } catch (error) {
      // A server may close a kept connection at the very moment that it is used again.
      if (method !== "GET" || !isLost(error)) throw error;
      return await fetch(url, options);
    }
  }

  /** Answers the challenge of a 401, once. */
  async function sendLoggedIn(request: BytesRequest, url: URL, signal: AbortSignal): Promise<Response> {
    const first = await send(request, url, signal);
    if (first.status !== 401 || !authorizer?.challenge(first.headers.get("www-authenticate"))) return first;
    await first.body?.cancel();
    const second = await send(request, url, signal);
    if (second.status === 401) authorizer.forget();
    return second;
  }

  async function follow(request: BytesRequest, signal: AbortSignal): Promise<Response> {
    let { url } = request;
    for (let redirects = 0; ; redirects++) {
      if (!origins.has(url.origin)) {
        throw new FetchFailed("elsewhere", `${url.host} is not in the configuration, so that it is not asked`);
      }
      const answer = await sendLoggedIn(request, url, signal);
      const location = answer.headers.get("location");
      if (!REDIRECTS.has(answer.status) || location === null) return answer;
      await answer.body?.cancel();
      const next = URL.canParse(location, url.href) ? new URL(location, url) : null;
      if (next === null || next.origin !== url.origin) {
        throw new FetchFailed("elsewhere", `${url.host} redirects to another address, which is not followed`);
      }
      if (redirects === MOST_REDIRECTS || (request.method ?? "GET") !== "GET") {
        throw new FetchFailed("elsewhere", `${url.host} redirects more often than is followed`);
      }
      url = next;
    }
  }

  return async (request) => {
    const { host } = request.url;
    const limits = openLimits({ host, stop, totalMs, idleMs });
    try {
      const answer = await follow(request, limits.signal);
      const bytes = await readBody(answer, { ...request, host, maxBytes, onPart: limits.goOn });
      return { status: answer.status, headers: answer.headers, bytes };
    } catch (error) {
      throw limits.reason() ?? toFailure(error, host);
    } finally {
      limits.close();
    }
  };
}

interface BodyRules extends Pick<BytesRequest, "check"> {
  readonly host: string;
  readonly maxBytes: number;
  readonly onPart: () => void;
}

async function readBody(answer: Response, { host, maxBytes, check, onPart }: BodyRules): Promise<Buffer> {
  const tooLarge = (): FetchFailed => new FetchFailed("too_large", `${host} sent more than ${maxBytes} bytes`);
  if (Number(answer.headers.get("content-length") ?? 0) > maxBytes) {
    await answer.body?.cancel();
    throw tooLarge();
  }
  const parts: Uint8Array[] = [];
  let size = 0;
  let isChecked = check === undefined;
  // Leaving the loop cancels what has not come yet.
  for await (const part of answer.body ?? []) {
    onPart();
    size += part.byteLength;
    if (size > maxBytes) throw tooLarge();
    parts.push(part);
    if (!isChecked) isChecked = check?.(Buffer.concat(parts), answer.status) ?? true;
  }
  return Buffer.concat(parts);
}

/** The limits of one request: in time, and the end of the daemon. */
function openLimits(rules: { host: string; stop: AbortSignal; totalMs: number; idleMs: number }) {
  const { host, stop, totalMs, idleMs } = rules;
  const controller = new AbortController();
  let reason: FetchFailed | null = null;
  const end = (failure: FetchFailed): void => {
    reason ??= failure;
    controller.abort();
  };
  const onStop = (): void => end(new FetchFailed("stopped", "the daemon is stopping"));
  const onTimeout = (ms: number) => (): void =>
    end(new FetchFailed("timeout", `${host} did not answer within ${ms / 1000} s`));
  const total = setTimeout(onTimeout(totalMs), totalMs);
  const idle = setTimeout(onTimeout(idleMs), idleMs);
  if (stop.aborted) onStop();
  else stop.addEventListener("abort", onStop);
  return {
    signal: controller.signal,
    reason: () => reason,
    goOn: () => void idle.refresh(),
    close(): void {
      clearTimeout(total);
      clearTimeout(idle);
      stop.removeEventListener("abort", onStop);
    },
  };
}

/** Codes of a connection that the other side ended. */
const LOST: ReadonlySet<string> = new Set(["UND_ERR_SOCKET", "ECONNRESET", "EPIPE"]);

const isLost = (error: unknown): boolean => LOST.has(codeOf(error) ?? "");

function codeOf(error: unknown): string | undefined {
  const { cause, code } = error as { readonly cause?: { readonly code?: string }; readonly code?: string };
  return cause?.code ?? code;
}

function toFailure(error: unknown, host: string): unknown {
  if (error instanceof FetchFailed) return error;
  const code = codeOf(error);
  if (code === undefined) return error;
  const words = isLost(error) ? `${host} ended the connection` : `${host} cannot be reached: ${code}`;
  return new FetchFailed("unreachable", words, { cause: error });
}
