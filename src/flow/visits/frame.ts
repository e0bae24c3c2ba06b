import type { IncomingFace } from "../../domain/face.ts";

type FrameOf = Pick<IncomingFace, "capturedAt" | "receivedAt" | "source">;

/**
 * Names the frame of a face, among those of its camera: by its time and its source. Without a source, a time in whole
 * seconds, or the time of arrival, may be that of several frames: then it is the message's.
 * @param message number of the message it came with
 */
export function frameOf({ capturedAt, receivedAt, source }: FrameOf, message: number): string {
  const ms = capturedAt.getTime();
  const isPrecise = ms % 1_000 !== 0 && ms !== receivedAt.getTime();
  return JSON.stringify(source !== null || isPrecise ? [ms, source] : message);
}
