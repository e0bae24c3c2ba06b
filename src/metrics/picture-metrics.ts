import { Counter, Gauge, type Registry } from "prom-client";
import type { PictureCounts, SnapshotsState } from "../domain/pictures/snapshots-state.ts";

/** What became of pictures, since the start, and how many wait. */
export interface PicturesState extends Pick<SnapshotsState, "queue"> {
  readonly cameras: readonly (Omit<PictureCounts, "faces"> & { readonly camera: string })[];
}

/** Counts of pictures by camera, read at each scrape. */
export function addPictureMetrics(registry: Registry, read: () => PicturesState | null): void {
  new Gauge({
    name: "faces2mqtt_queue_pictures",
    help: "Pictures waiting to be looked at",
    registers: [registry],
    collect() {
      this.set(read()?.queue ?? 0);
    },
  });
  new Counter({
    name: "faces2mqtt_pictures_total",
    help: "Pictures that came in",
    labelNames: ["camera"],
    registers: [registry],
    collect() {
      this.reset();
      for (const { camera, pictures } of read()?.cameras ?? []) this.inc({ camera }, pictures);
    },
  });
  new Counter({
    name: "faces2mqtt_picture_ends_total",
    help: "Pictures without a face, known already, dropped for want of room, or failed",
    labelNames: ["camera", "end"],
    registers: [registry],
    collect() {
      this.reset();
      for (const { camera, noFace, known, dropped, failed } of read()?.cameras ?? []) {
        const ends = { no_face: noFace, known, dropped, failed };
        for (const [end, count] of Object.entries(ends)) this.inc({ camera, end }, count);
      }
    },
  });
  new Counter({
    name: "faces2mqtt_gated_faces_total",
    help: "Faces in pictures that did not pass a gate",
    labelNames: ["camera", "gate"],
    registers: [registry],
    collect() {
      this.reset();
      for (const { camera, refused } of read()?.cameras ?? []) {
        for (const [gate, count] of Object.entries(refused)) this.inc({ camera, gate }, count);
      }
    },
  });
}
