import { setTimeout as sleep } from "node:timers/promises";
import type { Config } from "../../config/schema.ts";
import { StartRefused } from "../../domain/errors.ts";
import { toReachableHost } from "../../domain/network/loopback.ts";
import type { ReEncodingJson } from "../../wire/out/system/re-encode.ts";
import { CommandFailed } from "../command-failed.ts";

const POLL_MS = 300;

type Answer = ReEncodingJson & { readonly code?: string; readonly detail?: string };

/** Codes of what the daemon refuses to begin. */
const REFUSED: readonly unknown[] = ["INVALID_INPUT", "MODELS_MISSING"];

/**
 * Has the daemon that runs on the data folder make the encodings, over its HTTP API; resolves with how it ended.
 * @param stop Cancels it.
 * @throws {StartRefused} when the daemon does not begin; {CommandFailed} when it cannot be asked
 */
export async function askDaemon(
  { http }: Config,
  order: { readonly model: string; readonly dry_run: boolean },
  stop: AbortSignal,
  onProgress: (run: ReEncodingJson) => void,
): Promise<ReEncodingJson> {
  if (http.port === 0) throw new StartRefused("http.port is 0, any free one: the running daemon cannot be asked");
  const url = `http://${toReachableHost(http.host)}:${http.port}/api/re-encode`;

  async function ask(method: "GET" | "POST" | "DELETE"): Promise<ReEncodingJson> {
    const headers = {
      ...(method === "POST" ? { "content-type": "application/json" } : {}),
      ...(http.token === null ? {} : { authorization: `Bearer ${http.token}` }),
    };
    const body = method === "POST" ? { body: JSON.stringify(order) } : {};
    const response = await fetch(url, { method, headers, ...body }).catch((cause: unknown) => {
      throw new CommandFailed(`a daemon runs on the data folder, but ${url} does not answer`, { cause });
    });
    const answer = await (response.json() as Promise<Answer>).catch((cause: unknown) => {
      throw new CommandFailed(`${url} does not answer as faces2mqtt does: is another program on http.port?`, { cause });
    });
    if (response.ok) return answer;
    const sentence = answer.detail ?? `${url} answered ${response.status}`;
    if (REFUSED.includes(answer.code)) throw new StartRefused(sentence);
    throw new CommandFailed(sentence);
  }

  let run = await ask("POST");
  while (run.state === "running") {
    onProgress(run);
    // A signal is passed on at once; while the daemon cancels, it is asked as often as before.
    await sleep(POLL_MS, undefined, stop.aborted ? {} : { signal: stop }).catch(() => undefined);
    run = await ask(stop.aborted ? "DELETE" : "GET");
  }
  return run;
}
