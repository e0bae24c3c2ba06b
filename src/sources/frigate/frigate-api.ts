import type { Clock } from "../../domain/clock.ts";
import type { BytesAnswer, BytesRequest, FetchBytes } from "../fetch/fetch-bytes.ts";
import { FetchFailed } from "../fetch/fetch-failed.ts";
import { fetchPicture } from "../fetch/fetch-picture.ts";

/** A refused login is not tried again for so long: Frigate counts them (`auth.failed_login_rate_limit`). */
const REFUSED_MS = 300_000;

export interface FrigateApiDeps {
  /** Of the configuration, perhaps with a path. */
  readonly url: string;
  readonly username: string | null;
  readonly password: string | null;
  readonly fetchBytes: FetchBytes;
  readonly clock: Pick<Clock, "monotonicMs">;
}

/**
 * Frigate's web server. Paths are relative to its address; its API is below `api/`.
 * Every method throws {@link FetchFailed} when there is no good answer; of the kind `login` with status 403, the user is known
 * and may not.
 */
export interface FrigateApi {
  json(path: string): Promise<unknown>;
  text(path: string): Promise<string>;
  /** `takenAt`: as the header `x-frame-time` says; null where it does not. */
  picture(path: string): Promise<{ readonly bytes: Buffer; readonly takenAt: Date | null }>;
  post(path: string, body: object): Promise<void>;
}

/**
 * With a user name it logs in as https://docs.frigate.video/configuration/authentication says, as soon as Frigate asks for it
 * (port 8971 does, 5000 does not), and again when the session has ended.
 */
export function createFrigateApi({ url, username, password, fetchBytes, clock }: FrigateApiDeps): FrigateApi {
  const base = new URL(url.endsWith("/") ? url : `${url}/`);
  let cookie: string | null = null;
  let loggingIn: Promise<string> | null = null;
  let refused: { readonly failure: FetchFailed; readonly untilMs: number } | null = null;

  async function logIn(): Promise<string> {
    if (username === null) {
      const what = "set snapshots.frigate.username and password, or use its port without login (5000)";
      throw new FetchFailed("login", `Frigate at ${base.host} wants a login: ${what}`, { status: 401 });
    }
    if (refused && clock.monotonicMs() < refused.untilMs) throw refused.failure;
    const body = JSON.stringify({ user: username, password: password ?? "" });
    const headers = { "content-type": "application/json" };
    const { status, headers: answered } = await fetchBytes({
      url: new URL("api/login", base),
      method: "POST",
      headers,
      body,
    });
    const session = answered.getSetCookie()[0]?.split(";")[0];
    if (status >= 200 && status <= 299 && session !== undefined) {
      refused = null;
      return session;
    }
    const why = status === 429 ? "takes no more logins for now" : `refused the login of ${username}`;
    const failure = new FetchFailed("login", `Frigate at ${base.host} ${why} (HTTP ${status})`, { status });
    refused = { failure, untilMs: clock.monotonicMs() + REFUSED_MS };
    throw failure;
  }

  const send = (request: BytesRequest): Promise<BytesAnswer> =>
    fetchBytes(cookie === null ? request : { ...request, headers: { ...request.headers, cookie } });

  /** Answers everything but 401. */
  const ask: FetchBytes = async (request) => {
    const used = cookie;
    const first = await send(request).catch((error: unknown) => {
      if (error instanceof FetchFailed && error.status === 401) return null;
      throw error;
    });
    if (first && first.status !== 401) return first;
    // Another request may have logged in meanwhile.
    if (cookie === used) {
      loggingIn ??= logIn().finally(() => {
        loggingIn = null;
      });
      cookie = await loggingIn;
    }
    return await send(request);
  };

  async function askWell(request: BytesRequest): Promise<BytesAnswer> {
    const answer = await ask(request);
    const { status } = answer;
    if (status >= 200 && status <= 299) return answer;
    if (status === 403 || status === 401) {
      const who = username === null ? "that are not logged in" : `such as ${username}`;
      throw new FetchFailed("login", `Frigate at ${base.host} does not let users ${who} do this (HTTP ${status})`, {
        status,
      });
    }
    throw new FetchFailed("status", `Frigate at ${base.host} answered HTTP ${status}`, { status });
  }

  /** Frigate's web server keeps answers for 5 s: too long for the newest face, or for a name that was just set by hand. */
  const fresh = { "x-cache-bypass": "1" };

  const toText = async (path: string): Promise<string> =>
    (await askWell({ url: new URL(path, base), headers: fresh })).bytes.toString("utf8");

  return {
    async json(path) {
      const text = await toText(path);
      try {
        return JSON.parse(text) as unknown;
      } catch (error) {
        throw new FetchFailed("status", `${base.host} does not answer as Frigate does: is it the right address?`, {
          cause: error,
        });
      }
    },
    text: toText,
    async picture(path) {
      let takenAt: Date | null = null;
      const bytes = await fetchPicture(async (request) => {
        const answer = await ask(request);
        takenAt = toFrameTime(answer.headers.get("x-frame-time"));
        return answer;
      }, new URL(path, base));
      return { bytes, takenAt };
    },
    async post(path, body) {
      const headers = { "content-type": "application/json" };
      await askWell({ url: new URL(path, base), method: "POST", headers, body: JSON.stringify(body) });
    },
  };
}

function toFrameTime(header: string | null): Date | null {
  const seconds = Number(header ?? Number.NaN);
  return Number.isFinite(seconds) && seconds > 0 ? new Date(seconds * 1000) : null;
}
