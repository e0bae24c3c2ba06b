import type { Bus } from "../domain/events.ts";

/** Tells as a problem which cameras send old faces, until one of theirs arrives in time. */
export function watchLateFaces(bus: Bus): () => void {
  const late = new Set<string>();
  return bus.on("sighting", ({ event: { camera, cameraId, delayed } }) => {
    if (delayed === late.has(cameraId)) return;
    if (delayed) late.add(cameraId);
    else late.delete(cameraId);
    const message = `faces of camera "${camera}" arrive late: they waited in a broker, or its clock is wrong`;
    bus.emit("problem", { source: `late faces of ${cameraId}`, message: delayed ? message : null });
  });
}
