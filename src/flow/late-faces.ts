import type { Bus } from "../domain/events.ts";
import type { RecognitionEvent } from "../domain/recognition.ts";

/** So many delayed faces of one camera in a row are no accident: its clock is wrong, or its broker lags. */
const IN_A_ROW = 5;

/** Tells as a problem which cameras send old faces, until one of theirs arrives in time. */
export function watchLateFaces(bus: Bus): () => void {
  const late = new Map<string, number>();
  return bus.on("sighting", ({ event }: { event: RecognitionEvent }) => {
    const source = `late faces of ${event.cameraId}`;
    if (!event.delayed) {
      if ((late.get(event.cameraId) ?? 0) >= IN_A_ROW) bus.emit("problem", { source, message: null });
      late.delete(event.cameraId);
      return;
    }
    const count = (late.get(event.cameraId) ?? 0) + 1;
    late.set(event.cameraId, count);
    if (count !== IN_A_ROW) return;
    const message = `faces of camera "${event.camera}" arrive late: they waited in a broker, or its clock is wrong`;
    bus.emit("problem", { source, message });
  });
}
