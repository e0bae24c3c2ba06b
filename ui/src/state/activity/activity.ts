import type { ActivityAnswer, FaceJson, RecognitionEventJson } from "../../../../src/wire/out/schemas.ts";
import type { ActivityApi, ActivityFilter } from "../../api/activity.ts";
import type { Live } from "../../api/live.ts";
import { createObservable, type Observable } from "../observable.ts";
import { onThumbnails, withThumbnails } from "../thumbnails.ts";
import { newestFirst, type SeenFace } from "./sightings.ts";

/** The loaded faces that cameras have seen, newest first. */
export interface ActivityState {
  readonly phase: "loading" | "ready" | "failed";
  readonly error: unknown;
  readonly faces: readonly SeenFace[];
  /** Arrived while the user was reading; shown on request. */
  readonly waiting: readonly SeenFace[];
  readonly cooldownMs: number;
  /** Everything is loaded. */
  readonly complete: boolean;
}

/** The activity list, kept up to date until stopped. */
export interface Activity {
  readonly state: Observable<ActivityState>;
  /** Shows only matching faces from now on. */
  filter(wanted: ActivityFilter): void;
  load(): Promise<void>;
  /** Loads older faces; rejects on failure. */
  more(): Promise<void>;
  takeWaiting(): void;
  stop(): void;
}

const PAGE = 100;
/** Larger than the first page: those who scroll back tend to go on. */
const OLDER_PAGE = 500;
const MOST_AT_ONCE = 1_000;
const SETTLE_MS = 300;

/** Whether a face matches the filter. */
function isWanted(face: SeenFace, { person, camera, kind }: ActivityFilter): boolean {
  return (
    (camera === undefined || face.camera === camera) &&
    (kind === undefined || face.event_type === kind) &&
    (person === undefined || face.person_id === person || face.matched?.person_id === person)
  );
}

/** Guesses an arriving face's event type: only the first face of an event carries it, the others follow the camera's last. */
function toSeen(face: FaceJson, before: readonly SeenFace[]): SeenFace {
  const last = before.find((one) => one.camera === face.camera && one.matched === null);
  const type = face.matched ? "recognized" : last?.event_type === "ambiguous" ? "ambiguous" : "unknown";
  return { ...face, event_type: type, candidates: [...(face.matched ? [face.matched] : (last?.candidates ?? []))] };
}

/** `busy`: the user is reading, so nothing may move. */
export function createActivity(api: ActivityApi, live: Live, busy: () => boolean): Activity {
  const state = createObservable<ActivityState>({
    phase: "loading",
    error: null,
    faces: [],
    waiting: [],
    cooldownMs: 0,
    complete: false,
  });
  let wanted: ActivityFilter = {};
  let cursor: string | null = null;
  let loading = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  // A face arrives just before its event; until then it is unknown whether it matches the filter.
  let unsure: SeenFace[] = [];

  const change = (part: Partial<ActivityState>): void => state.set({ ...state.get(), ...part });

  function add(face: SeenFace): void {
    const { faces, waiting } = state.get();
    if (busy()) change({ waiting: [...waiting, face] });
    else change({ faces: [...faces, face].sort(newestFirst) });
  }

  function arrived(face: FaceJson): void {
    const { phase, faces, waiting } = state.get();
    if (phase !== "ready" || face.state === "ignored") return;
    const seen = toSeen(face, [...unsure, ...waiting, ...faces]);
    if (isWanted(seen, wanted)) add(seen);
    else unsure = [seen, ...unsure].slice(0, PAGE);
  }

  function onEvent(event: RecognitionEventJson): void {
    const patch = (face: SeenFace): SeenFace =>
      face.face_id === event.face_id
        ? { ...face, event_type: event.event_type, candidates: event.candidates, event }
        : face;
    const face = unsure.find((one) => one.face_id === event.face_id);
    if (face) {
      unsure = unsure.filter((one) => one !== face);
      if (isWanted(patch(face), wanted)) add(patch(face));
      return;
    }
    const { faces, waiting } = state.get();
    const keep = (one: SeenFace): boolean => isWanted(one, wanted);
    change({ faces: faces.map(patch).filter(keep), waiting: waiting.map(patch).filter(keep) });
  }

  // A filtered page may be empty although more follow.
  async function page(from: string | undefined, limit: number, signal: AbortSignal): Promise<ActivityAnswer> {
    for (let at = from; ; ) {
      const answer = await api.list(wanted, { limit, cursor: at, signal });
      if (answer.faces.length > 0 || answer.next_cursor === null || signal.aborted) return answer;
      at = answer.next_cursor;
    }
  }

  async function load(): Promise<void> {
    loading.abort();
    loading = new AbortController();
    const { signal } = loading;
    const before = state.get();
    const limit = Math.min(Math.max(before.faces.length, PAGE), MOST_AT_ONCE);
    try {
      const answer = await page(undefined, limit, signal);
      if (signal.aborted) return;
      const { faces, waiting } = state.get();
      const known = new Map([...faces, ...waiting].map((face) => [face.face_id, face]));
      const shown = new Set(faces.map((face) => face.face_id));
      const holds = before.phase === "ready" && busy();
      const loaded = answer.faces.map((face): SeenFace => {
        const event = known.get(face.face_id)?.event;
        return event ? { ...face, event } : face;
      });
      cursor = answer.next_cursor;
      change({
        phase: "ready",
        error: null,
        faces: loaded.filter((face) => !holds || shown.has(face.face_id)),
        waiting: loaded.filter((face) => holds && !shown.has(face.face_id)),
        cooldownMs: answer.cooldown_seconds * 1_000,
        complete: answer.next_cursor === null,
      });
    } catch (error) {
      if (!signal.aborted) change({ error, phase: before.phase === "ready" ? "ready" : "failed" });
    }
  }

  function soon(): void {
    clearTimeout(timer);
    timer = setTimeout(() => void load(), SETTLE_MS);
  }

  const stops = [
    live.on("face", arrived),
    live.on("event", onEvent),
    // New names also change past entries.
    live.on("people", soon),
    live.on("clusters", soon),
    live.onConnected(soon),
    onThumbnails(live, (made) => {
      const { faces, waiting } = state.get();
      change({ faces: withThumbnails(faces, made), waiting: withThumbnails(waiting, made) });
    }),
  ];

  return {
    state,
    filter(next) {
      wanted = next;
      unsure = [];
      change({ phase: "loading", faces: [], waiting: [], complete: false });
      void load();
    },
    load,
    async more() {
      const from = cursor;
      if (from === null) return;
      cursor = null;
      const { signal } = loading;
      try {
        const answer = await page(from, OLDER_PAGE, signal);
        if (signal.aborted) return;
        cursor = answer.next_cursor;
        const { faces } = state.get();
        const there = new Set(faces.map((face) => face.face_id));
        change({
          faces: [...faces, ...answer.faces.filter((face) => !there.has(face.face_id))],
          complete: cursor === null,
        });
      } catch (error) {
        if (signal.aborted) return;
        cursor = from;
        throw error;
      }
    },
    takeWaiting() {
      const { faces, waiting } = state.get();
      change({ faces: [...faces, ...waiting].sort(newestFirst), waiting: [] });
    },
    stop() {
      loading.abort();
      clearTimeout(timer);
      for (const stop of stops) stop();
    },
  };
}
