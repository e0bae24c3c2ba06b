import type { IncomingFace } from "../../domain/face.ts";
import type { VisitingFace } from "../../recognize/open-visit.ts";

/** What visits see of a face, whether it arrives or is stored. */
type Shown = Pick<
  IncomingFace,
  "camera" | "model" | "encoding" | "capturedAt" | "receivedAt" | "source" | "sourceEventId"
>;

/**
 * A face as visits see it, with its frame named.
 * @param arrivedMs in ms of a clock that never jumps
 * @param message number of the message it came with
 */
export function toVisitingFace(face: Shown, arrivedMs: number, message: number): VisitingFace {
  const { camera, model, encoding, capturedAt, sourceEventId: eventId } = face;
  return { camera, model, encoding, atMs: capturedAt.getTime(), arrivedMs, frame: frameOf(face, message), eventId };
}

/**
 * Names the frame of a face, among those of its camera: by its time and its source. Without a source, a time in whole
 * seconds, or the time of arrival, may be that of several frames: then it is the message's.
 */
function frameOf({ capturedAt, receivedAt, source }: Shown, message: number): string {
  const ms = capturedAt.getTime();
  const isPrecise = ms % 1_000 !== 0 && ms !== receivedAt.getTime();
  return JSON.stringify(source !== null || isPrecise ? [ms, source] : message);
}
