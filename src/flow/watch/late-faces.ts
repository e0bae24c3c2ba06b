import type { Bus } from "../../domain/events.ts";

const SOURCE = "late faces";

/** Reports as one problem which cameras send old faces, each until one of its faces arrives in time. Returns how to stop. */
export function watchLateFaces(bus: Bus): () => void {
  // By id. After a broker was away it is often all cameras: then one sentence, not one for each.
  const late = new Map<string, string>();
  return bus.on("sighting", ({ event: { camera, cameraId, delayed } }) => {
    if (delayed === late.has(cameraId)) return;
    if (delayed) late.set(cameraId, camera);
    else late.delete(cameraId);
    bus.emit("problem", {
      source: SOURCE,
      code: "FACES_LATE",
      message: toMessage([...late.values()]),
      subject: [...late.values()].join(", "),
    });
  });
}

function toMessage(cameras: readonly string[]): string | null {
  const names = cameras.map((camera) => `"${camera}"`);
  const last = names.pop();
  if (last === undefined) return null;
  return names.length === 0
    ? `faces of camera ${last} arrive late: they waited in a broker, or its clock is wrong`
    : `faces of cameras ${names.join(", ")} and ${last} arrive late: they waited in a broker, or the clocks are wrong`;
}
