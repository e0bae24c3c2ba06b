import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { FacesError } from "../../../domain/errors.ts";

/** A line on which nothing comes for so long is taken for broken. */
const STALL_MS = 30_000;
const MAX_REDIRECTS = 5;

export interface DownloadOptions {
  /** Longer answers are broken off. */
  readonly maxBytes: number;
  readonly signal: AbortSignal;
  readonly onProgress?: (received: number) => void;
  readonly stallMs?: number;
}

/**
 * Fetches a file over HTTP into a new file, readable by its owner only. Redirects are followed, but never from https to
 * http. What fails leaves no file.
 * @throws {FacesError} `MODELS_MISSING`, saying which host did what.
 */
export async function download(url: string, file: string, options: DownloadOptions): Promise<void> {
  const stalled = new AbortController();
  const watch = setTimeout(() => stalled.abort(), options.stallMs ?? STALL_MS);
  const signal = AbortSignal.any([options.signal, stalled.signal]);
  try {
    const response = await follow(new URL(url), signal);
    await pipeline(
      limit(response, options, () => watch.refresh()),
      createWriteStream(file, { mode: 0o600, flags: "wx", flush: true }),
      { signal },
    );
  } catch (error) {
    await rm(file, { force: true });
    if (options.signal.aborted) throw options.signal.reason;
    if (error instanceof FacesError) throw error;
    const { host } = new URL(url);
    const reason = stalled.signal.aborted ? "nothing came any more" : toReason(error);
    throw new FacesError("MODELS_MISSING", `${host} did not give ${url}: ${reason}`, { cause: error });
  } finally {
    clearTimeout(watch);
  }
}

/** The answer at the end of all redirects. */
async function follow(start: URL, signal: AbortSignal): Promise<Response> {
  let url = start;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const response = await fetch(url, { redirect: "manual", signal, headers: { "accept-encoding": "identity" } });
    const location = response.headers.get("location");
    if (response.status < 300 || response.status >= 400 || location === null) {
      if (response.ok) return response;
      await response.body?.cancel();
      throw new Error(`it answered ${response.status}`);
    }
    await response.body?.cancel();
    const next = new URL(location, url);
    if (!mayRedirect(url, next))
      throw new Error(`it redirects to ${next.protocol}//${next.host}, which is not followed`);
    url = next;
  }
  throw new Error(`it redirects more than ${MAX_REDIRECTS} times`);
}

/** Whether an answer from one URL may send on to another: what was protected stays so. */
export function mayRedirect(from: URL, to: URL): boolean {
  return to.protocol === "https:" || (to.protocol === "http:" && from.protocol === "http:");
}

async function* limit(
  response: Response,
  { maxBytes, onProgress }: DownloadOptions,
  onChunk: () => void,
): AsyncGenerator<Uint8Array> {
  const announced = Number(response.headers.get("content-length") ?? 0);
  let received = 0;
  const check = (bytes: number) => {
    if (bytes > maxBytes) throw new Error(`it gives ${bytes} bytes or more; at most ${maxBytes} are taken`);
  };
  check(announced);
  for await (const chunk of response.body ?? []) {
    onChunk();
    received += chunk.length;
    check(received);
    onProgress?.(received);
    yield chunk;
  }
}

/** What an error of `fetch` means: the interesting one is its cause. */
function toReason(error: unknown): string {
  const { message, cause } = error as Error;
  return cause instanceof Error ? `${message} (${cause.message})` : message;
}
