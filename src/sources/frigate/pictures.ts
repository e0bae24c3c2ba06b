import type { Snapshot } from "../../domain/pictures/snapshot.ts";
import type { FetchBytes } from "../fetch/fetch-bytes.ts";
import { FetchFailed } from "../fetch/fetch-failed.ts";
import { fetchPicture } from "../fetch/fetch-picture.ts";
import { type FaceLibrary, toFaceLibrary } from "./crops.ts";
import type { FrigateApi } from "./frigate-api.ts";
import type { FrigateConfig } from "./frigate-config.ts";
import type { PersonMessage } from "./messages.ts";
import type { Rests } from "./rests.ts";
import { toCropSnapshot, toWholeSnapshot } from "./to-snapshot.ts";
import type { Wanted } from "./tracker.ts";

/** What may be left out for a while. */
export const GO2RTC = "go2rtc";
export const CROPS = "crops";
export const toStreamKey = (camera: string): string => `stream:${camera}`;

/** Crops and snapshots of so many people are remembered as fetched. */
const MOST_REMEMBERED = 1_000;

export interface FrigatePicturesDeps {
  readonly api: Pick<FrigateApi, "json" | "picture">;
  readonly go2rtc: { readonly url: string; readonly fetchBytes: FetchBytes };
  readonly rests: Rests;
  /** What is known of Frigate; null: nothing yet. */
  readonly known: () => { readonly config: FrigateConfig; readonly minor: number | null } | null;
  readonly present: (camera: string) => readonly PersonMessage[];
}

/** Pictures of those whom Frigate tracks. */
export interface FrigatePictures {
  /**
   * The best that there is now: the whole frame of the camera's main stream, else the newest face that Frigate cut out, else
   * its clean snapshot. Of someone who has gone: the face and the snapshot, as far as they are new. Empty: there is none.
   * @throws {FetchFailed} when Frigate itself does not answer.
   */
  fetch(wanted: Wanted): Promise<readonly Snapshot[]>;
  /** The face library when it was last read; null: not yet, or it may not be. */
  readonly library: FaceLibrary | null;
  readLibrary(): Promise<FaceLibrary | null>;
}

export function createFrigatePictures(deps: FrigatePicturesDeps): FrigatePictures {
  const { api, go2rtc, rests, known, present } = deps;
  const go2rtcBase = new URL(go2rtc.url.endsWith("/") ? go2rtc.url : `${go2rtc.url}/`);
  const remembered = new Set<string>();
  /** By camera: the frame that is on its way. It shows everybody. */
  const underWay = new Map<string, Promise<Snapshot | null>>();
  let library: FaceLibrary | null = null;

  /** false: it was fetched before. */
  function remember(what: string): boolean {
    if (remembered.has(what)) return false;
    remembered.add(what);
    for (const oldest of remembered) {
      if (remembered.size <= MOST_REMEMBERED) break;
      remembered.delete(oldest);
    }
    return true;
  }

  /** null: it cannot be had. */
  async function fetchFrame(person: PersonMessage): Promise<Snapshot | null> {
    const { camera } = person;
    const ofCamera = known()?.config.cameras.get(camera);
    const stream = ofCamera ? ofCamera.stream : camera;
    if (stream === null || rests.reason(GO2RTC) !== null || rests.reason(toStreamKey(camera)) !== null) return null;
    try {
      const bytes = await fetchPicture(
        go2rtc.fetchBytes,
        new URL(`api/frame.jpeg?src=${encodeURIComponent(stream)}`, go2rtcBase),
      );
      return toWholeSnapshot({ bytes, takenAt: null, person, others: present(camera) }, ofCamera?.detect ?? null);
    } catch (error) {
      if (!(error instanceof FetchFailed) || error.kind === "stopped") throw error;
      const isClosed = error.kind === "unreachable" || error.kind === "login" || error.kind === "elsewhere";
      rests.rest(isClosed ? GO2RTC : toStreamKey(camera), error.message);
      return null;
    }
  }

  async function readLibrary(): Promise<FaceLibrary | null> {
    if (rests.reason(CROPS) !== null) return null;
    try {
      library = toFaceLibrary(await api.json("api/faces"));
    } catch (error) {
      if (!isNotHad(error)) throw error;
      library = null;
      rests.rest(CROPS, error.message);
    }
    return library;
  }

  async function fetchCrop(person: PersonMessage): Promise<Snapshot | null> {
    if (known()?.config.recognizesFaces === false) return null;
    const crop = (await readLibrary())?.crops.find((one) => one.eventId === person.id && !remembered.has(one.file));
    if (!crop) return null;
    const picture = await orNothing(() => api.picture(`clips/faces/train/${encodeURIComponent(crop.file)}`));
    if (!picture || !remember(crop.file)) return null;
    return toCropSnapshot({ bytes: picture.bytes, takenAt: crop.takenAt, person });
  }

  async function fetchSnapshot(person: PersonMessage): Promise<Snapshot | null> {
    const { id, camera, best, hasSnapshot } = person;
    const which = `${id} ${best?.takenAt.getTime() ?? person.seenAt.getTime()}`;
    if (!hasSnapshot || remembered.has(which)) return null;
    for (const file of snapshotFiles(known()?.minor ?? null)) {
      const picture = await orNothing(() => api.picture(`api/events/${encodeURIComponent(id)}/${file}`));
      if (!picture) continue;
      remember(which);
      const takenAt = picture.takenAt ?? best?.takenAt ?? person.seenAt;
      const others = present(camera);
      return toWholeSnapshot(
        { bytes: picture.bytes, takenAt, person: { ...person, box: best?.box ?? person.box }, others },
        known()?.config.cameras.get(camera)?.detect ?? null,
      );
    }
    return null;
  }

  return {
    async fetch({ person, reason, isLive }) {
      if (reason === "end") {
        return [await fetchCrop(person), await fetchSnapshot(person)].filter((one) => one !== null);
      }
      if (isLive) {
        const { camera } = person;
        const ofAnother = underWay.get(camera);
        const coming = ofAnother ?? fetchFrame(person).finally(() => underWay.delete(camera));
        underWay.set(camera, coming);
        const frame = await coming;
        // Where none came, each of them has the next choice.
        if (frame) return ofAnother ? [] : [frame];
      }
      const snapshot = (await fetchCrop(person)) ?? (await fetchSnapshot(person));
      return snapshot ? [snapshot] : [];
    },
    get library() {
      return library;
    },
    readLibrary,
  };
}

/**
 * The clean copy is WebP from 0.17 on and PNG before; without one, the plain snapshot. Of someone who has gone the latter is
 * as `snapshots` of Frigate's configuration has it, before 0.18 perhaps with a box drawn into it.
 */
export function snapshotFiles(minor: number | null): readonly string[] {
  const [webp, png] = ["snapshot-clean.webp", "snapshot-clean.png"];
  const clean = minor === null ? [webp, png] : [minor >= 17 ? webp : png];
  return [...clean, "snapshot.jpg?bbox=0&timestamp=0&crop=0&quality=100"];
}

/** null: it cannot be had. */
async function orNothing<T>(fetch: () => Promise<T>): Promise<T | null> {
  try {
    return await fetch();
  } catch (error) {
    if (isNotHad(error)) return null;
    throw error;
  }
}

const NOT_HAD: ReadonlySet<string> = new Set(["status", "not_a_picture", "too_large"]);

/** Frigate answers, but does not have it (yet), or our user may not have it. */
const isNotHad = (error: unknown): error is FetchFailed =>
  error instanceof FetchFailed && (NOT_HAD.has(error.kind) || (error.kind === "login" && error.status === 403));
