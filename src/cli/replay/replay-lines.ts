import { createReadStream, type ReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";

/** One line of a recording that is not empty. */
export interface PayloadLine {
  /** From 1. */
  readonly number: number;
  /** Why it cannot be published; null if it can. */
  readonly problem: string | null;
  readonly text: string;
  /** The camera's level of the topic. */
  readonly camera: string;
}

/** Lines of a recording, read on demand. */
export interface Recording {
  readonly lines: AsyncIterable<PayloadLine>;
  readonly bytes: number;
  /** How many of `bytes` have been read. */
  bytesRead(): number;
}

/** Opens JSON lines, gzipped or not. Throws what opening a file throws. */
export async function openRecording(file: string): Promise<Recording> {
  const handle = await open(file);
  const { size } = await handle.stat();
  const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0);
  await handle.close();
  let source: ReadStream | null = null;
  // Opened with the first line, because its errors have no listener until then.
  async function* lines(): AsyncGenerator<PayloadLine> {
    source = createReadStream(file);
    yield* readLines(source, buffer.readUInt16BE() === 0x1f8b);
  }
  return { lines: lines(), bytes: size, bytesRead: () => source?.bytesRead ?? 0 };
}

async function* readLines(source: ReadStream, gzipped: boolean): AsyncGenerator<PayloadLine> {
  const input = gzipped ? source.pipe(createGunzip()) : source;
  const failure: { error: Error | null } = { error: null };
  for (const stream of [source, input]) {
    stream.on("error", (error: Error) => {
      failure.error = error;
      input.destroy();
    });
  }
  let number = 0;
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    number += 1;
    const text = number === 1 ? line.replace(/^\ufeff/, "").trim() : line.trim();
    if (text !== "") yield { number, text, ...inspect(text) };
  }
  if (failure.error) throw failure.error;
}

function inspect(text: string): { problem: string | null; camera: string } {
  try {
    const payload: unknown = JSON.parse(text);
    if (payload === null || typeof payload !== "object" || Array.isArray(payload)) {
      return { problem: "expected a JSON object", camera: "" };
    }
    const { camera } = payload as { camera?: unknown };
    // Other names do not fit into a topic; the camera in the payload counts anyway.
    const fits = typeof camera === "string" && /^[^/+#\p{Cc}]+$/u.test(camera);
    return { problem: null, camera: fits ? camera : "replay" };
  } catch (error) {
    return { problem: `not valid JSON: ${(error as Error).message}`, camera: "" };
  }
}
