import type { Clock } from "../domain/clock.ts";
import { FacesError } from "../domain/errors.ts";
import type { Face } from "../domain/face.ts";
import { toInstant } from "../domain/instant.ts";
import type { Settings } from "../domain/settings.ts";
import type { People } from "../flow/people.ts";
import { decide } from "../recognize/decide.ts";
import type { FaceFilter } from "../store/port/faces.ts";
import type { Store } from "../store/port.ts";
import { toCandidateJson, toFaceJson, toSimilarFaceJson, toTime } from "../wire/out/views.ts";
import { cutPage, toPage } from "./pages.ts";
import type { Requests } from "./port.ts";
import type { ActivityFilter, ReadActivity } from "./reads/activity.ts";
import type { Similar } from "./reads/similar.ts";

const HOURS = 24;
const HOUR_MS = 3_600_000;

export interface FaceRequestDeps {
  readonly store: Pick<Store, "faces" | "face" | "thumbnail" | "cameraStates" | "facesByHour">;
  readonly people: Pick<People, "gallery" | "find">;
  readonly similar: Pick<Similar, "toFace">;
  readonly readFrame: (source: string) => Promise<Uint8Array | null>;
  /** @throws `INVALID_INPUT` for anything but so many finite numbers. */
  readonly toEncoding: (values: unknown) => Float32Array;
  readonly settings: () => Settings;
  readonly readActivity: ReadActivity;
  readonly cooldownSeconds: number;
  readonly clock: Clock;
}

type FaceRequests = Pick<
  Requests,
  "faces" | "activity" | "cameras" | "face" | "thumbnail" | "frame" | "similar" | "match"
>;

/** Stored faces, their pictures, and what they are like. */
export function createFaceRequests(deps: FaceRequestDeps): FaceRequests {
  const { store, people, similar, readFrame, toEncoding, settings, readActivity, clock } = deps;

  async function find(id: number): Promise<Face> {
    const face = await store.face(id);
    if (!face) throw new FacesError("FACE_NOT_FOUND", `face ${id} does not exist`);
    return face;
  }

  return {
    async faces({ camera, person, state, from, to, ...input }) {
      const filter: FaceFilter = {
        ...(camera === undefined ? {} : { camera }),
        ...(person === undefined ? {} : { personId: (await people.find(person)).personId }),
        ...(state === undefined ? {} : { state }),
        ...(from === undefined ? {} : { from: toDate("from", from) }),
        ...(to === undefined ? {} : { to: toDate("to", to) }),
      };
      const { items, nextCursor } = await store.faces(filter, toPage(input));
      return { faces: items.map(toFaceJson), next_cursor: nextCursor };
    },

    async activity({ camera, person, type, ...input }) {
      const filter: ActivityFilter = {
        ...(camera === undefined ? {} : { camera }),
        ...(person === undefined ? {} : { seenAs: (await people.find(person)).personId }),
        ...(type === undefined ? {} : { type }),
      };
      const { items, nextCursor } = await readActivity(filter, toPage(input));
      return {
        faces: items.map((face) => ({
          ...toFaceJson(face),
          event_type: face.type,
          candidates: face.candidates.map(toCandidateJson),
        })),
        cooldown_seconds: deps.cooldownSeconds,
        next_cursor: nextCursor,
      };
    },

    async cameras() {
      const since = new Date(clock.now().getTime() - HOURS * HOUR_MS);
      const [cameras, found] = await Promise.all([store.cameraStates(), store.facesByHour(since)]);
      return {
        cameras: cameras.map(({ camera, cameraId, lastSeen }) => {
          const hours = new Array<number>(HOURS).fill(0);
          // What came in this very second is of the last hour.
          for (const one of found) if (one.camera === camera) hours[Math.min(one.hour, HOURS - 1)] = one.faces;
          return { camera, camera_id: cameraId, last_seen: toTime(lastSeen), last_24_hours: hours };
        }),
      };
    },

    face: async ({ face }) => toFaceJson(await find(face)),

    async thumbnail({ face }) {
      await find(face);
      const jpeg = await store.thumbnail(face);
      if (!jpeg) throw new FacesError("THUMBNAIL_NOT_FOUND", `face ${face} has no thumbnail`);
      return jpeg;
    },

    async frame({ face }) {
      const { source } = await find(face);
      const bytes = source === null ? null : await readFrame(source);
      const type = bytes && toImageType(bytes);
      if (!bytes || !type) throw new FacesError("FRAME_NOT_FOUND", `the source frame of face ${face} is not there`);
      return { bytes, type };
    },

    async similar({ face, ...input }) {
      const near = await similar.toFace(face);
      const { items, nextCursor } = cutPage(near, toPage(input));
      return {
        faces: items.map((one) => toSimilarFaceJson(one, one.distance)),
        cameras: countBy(near, (one) => one.camera).map(([camera, faces]) => ({ camera, faces })),
        days: countBy(near, (one) => one.capturedAt.toISOString().slice(0, 10)).map(([day, faces]) => ({ day, faces })),
        total: near.length,
        next_cursor: nextCursor,
      };
    },

    async match({ encoding }) {
      const { "recognition.threshold": threshold, "recognition.margin": margin } = settings();
      const { who, candidates } = decide(toEncoding(encoding), people.gallery(), { threshold, margin });
      return {
        threshold,
        person: who?.person ?? null,
        person_id: who?.personId ?? null,
        candidates: candidates.map(toCandidateJson),
      };
    },
  };
}

/** A day is its first moment, in UTC. */
function toDate(key: string, value: string): Date {
  const date = toInstant(value) ?? toInstant(`${value}T00:00Z`);
  if (!date) {
    const expected = "an ISO 8601 time with a zone, or a day such as 2026-02-18";
    throw new FacesError("INVALID_INPUT", `"${key}" must be ${expected}, not "${value}"`);
  }
  return date;
}

/** In order of first appearance. */
function countBy<T>(list: readonly T[], key: (one: T) => string): [string, number][] {
  const counts = new Map<string, number>();
  for (const one of list) counts.set(key(one), (counts.get(key(one)) ?? 0) + 1);
  return [...counts];
}

/** By the first bytes: only pictures are ever served. */
function toImageType(bytes: Uint8Array): string | null {
  const text = Buffer.from(bytes.subarray(0, 12)).toString("latin1");
  if (text.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (text.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  return text.startsWith("RIFF") && text.endsWith("WEBP") ? "image/webp" : null;
}
