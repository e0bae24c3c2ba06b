import { Registry } from "prom-client";
import { expect, test } from "vitest";
import { addPictureMetrics, type PicturesState } from "../../src/metrics/picture-metrics.ts";

async function read(state: PicturesState | null): Promise<string[]> {
  const registry = new Registry();
  addPictureMetrics(registry, () => state);
  await registry.metrics();
  return (await registry.metrics()).split("\n").filter((line) => line !== "" && !line.startsWith("#"));
}

test("pictures are counted by camera, and by what became of them", async () => {
  const refused = { score: 5, size: 6, norm: 7 };
  const counts = { pictures: 10, noFace: 1, known: 2, dropped: 3, failed: 4, refused };
  expect(await read({ queue: 8, cameras: [{ camera: "door", ...counts }] })).toEqual([
    "faces2mqtt_queue_pictures 8",
    'faces2mqtt_pictures_total{camera="door"} 10',
    'faces2mqtt_picture_ends_total{camera="door",end="no_face"} 1',
    'faces2mqtt_picture_ends_total{camera="door",end="known"} 2',
    'faces2mqtt_picture_ends_total{camera="door",end="dropped"} 3',
    'faces2mqtt_picture_ends_total{camera="door",end="failed"} 4',
    'faces2mqtt_gated_faces_total{camera="door",gate="score"} 5',
    'faces2mqtt_gated_faces_total{camera="door",gate="size"} 6',
    'faces2mqtt_gated_faces_total{camera="door",gate="norm"} 7',
  ]);
});

test("where none are taken, none wait", async () => {
  expect(await read(null)).toEqual(["faces2mqtt_queue_pictures 0"]);
});
