import type { PersonAnswer, PersonFaceJson, PersonJson, PersonTimesAnswer } from "../../../../src/wire/out/schemas.ts";
import type { PeopleApi, PersonFacesFilter } from "../../api/people.ts";
import { dayKey } from "../../texts/when.ts";
import { createObservable, type Observable } from "../observable.ts";
import { toDate } from "./month.ts";
import { ALL, type PhotoDay, recounted, toPhotoDays, withFaces, withoutFaces, withPage } from "./photo-days.ts";

/** Which photos are shown, and in which order. */
export interface PhotoFilter {
  readonly camera?: string | undefined;
  readonly recognized?: boolean | undefined;
  readonly leastAlike?: boolean | undefined;
}

/** `phase`: "loading" until the first answer. */
export interface PhotosState {
  readonly phase: "loading" | "ready" | "failed";
  readonly error: unknown;
  readonly filter: PhotoFilter;
  readonly days: readonly PhotoDay[];
  /** Of everything, whatever the filter; null: not loaded yet. */
  readonly times: PersonTimesAnswer | null;
  /** Photos that came since: shown when they are asked for. */
  readonly newer: number;
}

/**
 * A person's photos. How many there are by day is known from the beginning, so that a list has its final height; the photos
 * themselves are loaded where it is looked at.
 */
export interface Photos {
  readonly state: Observable<PhotosState>;
  /** Resolves with the person when the first photos are there; null: they could not be loaded, or others were opened. */
  open(filter: PhotoFilter): Promise<PersonJson | null>;
  /** Resolves when it is known how many photos there are on which day. */
  counted(): Promise<void>;
  /** Loads photos that are on the screen. @param keys of days, in the order they are shown */
  want(keys: readonly string[]): void;
  /** Counts again after something changed, and loads again what is not right any more. Newer photos wait. */
  refresh(): Promise<void>;
  /** Counts the newer photos only. */
  countNewer(): Promise<void>;
  /** Takes photos out of the list at once; returns what puts them back. */
  without(faces: readonly PersonFaceJson[]): () => void;
  /** Fills in thumbnails that were made meanwhile, by face id. */
  change(each: (faces: readonly PersonFaceJson[]) => readonly PersonFaceJson[]): void;
  stop(): void;
}

const PAGE = 120;
const WHOLE_DAY = 1_000;

/** @param onError for photos that could not be loaded while scrolling */
export function createPhotos(
  api: Pick<PeopleApi, "one" | "times">,
  person: string,
  options: { readonly timezone: string; readonly now: () => Date; readonly onError: (error: unknown) => void },
): Photos {
  const { timezone } = options;
  const state = createObservable<PhotosState>({
    phase: "loading",
    error: null,
    filter: {},
    days: [],
    times: null,
    newer: 0,
  });
  const set = (change: Partial<PhotosState>) => state.set({ ...state.get(), ...change });
  let turn = new AbortController();
  let asking = false;
  // What comes after this is newer.
  let until: string | undefined;

  const toQuery = ({ camera, recognized, leastAlike }: PhotoFilter): PersonFacesFilter => ({
    camera,
    state: recognized ? "recognized" : undefined,
    sort: leastAlike ? "least_alike" : undefined,
  });

  function toCounts(times: PersonTimesAnswer, { recognized }: PhotoFilter) {
    return times.days.map((one) => ({
      day: one.day,
      photos: recognized ? one.recognized : one.faces,
      recognized: one.recognized,
    }));
  }

  function toDays(times: PersonTimesAnswer, filter: PhotoFilter): PhotoDay[] {
    const days = toPhotoDays(toCounts(times, filter));
    if (!filter.leastAlike) return days;
    const photos = days.reduce((sum, day) => sum + day.photos, 0);
    return photos === 0 ? [] : [{ key: ALL, photos, faces: [], next: undefined }];
  }

  // The counts that the list has, and those of everything: what is newest depends on the filter.
  async function count(
    filter: PhotoFilter,
    before: string | undefined,
  ): Promise<readonly [PersonTimesAnswer, PersonTimesAnswer]> {
    const all = api.times(person, { timezone });
    const { camera } = filter;
    const isAll = camera === undefined && before === undefined;
    return Promise.all([isAll ? all : api.times(person, { timezone, to: before, camera }), all]);
  }

  let counting: Promise<void> = Promise.resolve();
  // Taken out since the photos were opened.
  let gone = new Set<number>();

  async function open(filter: PhotoFilter): Promise<PersonJson | null> {
    turn.abort();
    turn = new AbortController();
    const { signal } = turn;
    // No more photos before it is known how many there are.
    asking = true;
    gone = new Set();
    const counts = count(filter, undefined);
    const failed = (error: unknown) => {
      if (!signal.aborted) set({ phase: "failed", error });
    };
    counting = counts.then(() => undefined, failed);
    try {
      const page = await api.one(person, { ...toQuery(filter), limit: PAGE, signal });
      if (signal.aborted) return null;
      // By the cameras' clock where it is known.
      const newest = filter.leastAlike ? undefined : page.faces[0];
      until = (newest ? new Date(Date.parse(newest.timestamp) + 1) : options.now()).toISOString();
      const seed = filter.leastAlike && page.faces.length > 0 ? [EMPTY] : [];
      set({ phase: "ready", error: null, filter, days: filled(seed, filter, page), newer: 0 });
      counting = counts.then(([counted, times]) => {
        if (signal.aborted) return;
        asking = false;
        set({ times, days: withoutFaces(filled(toDays(counted, filter), filter, page), gone) });
      }, failed);
      return page.person;
    } catch (error) {
      failed(error);
      return null;
    }
  }

  function filled(days: readonly PhotoDay[], { leastAlike }: PhotoFilter, page: PersonAnswer): PhotoDay[] {
    const [first] = page.faces;
    if (!first) return page.next_cursor === null ? [] : [...days];
    return withPage(days, leastAlike ? ALL : dayKey(new Date(first.timestamp)), page.faces, page.next_cursor);
  }

  async function load(day: PhotoDay): Promise<void> {
    const { signal } = turn;
    asking = true;
    const where = day.next ? { cursor: day.next } : day.key === ALL ? {} : { to: endOf(day.key) };
    try {
      const page = await api.one(person, { ...toQuery(state.get().filter), ...where, limit: PAGE, signal });
      if (signal.aborted) return;
      set({ days: withPage(state.get().days, day.key, page.faces, page.next_cursor) });
    } catch (error) {
      if (!signal.aborted) options.onError(error);
    } finally {
      if (!signal.aborted) asking = false;
    }
  }

  // Where there are newer photos, the newest day ends where they begin.
  function endOf(key: string): string {
    const day = toDate(key);
    const midnight = new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1).toISOString();
    return until !== undefined && until < midnight ? until : midnight;
  }

  async function countNewer(): Promise<void> {
    const { signal } = turn;
    const { filter } = state.get();
    const newer = await api.times(person, { timezone, from: until, camera: filter.camera });
    if (!signal.aborted) set({ newer: toCounts(newer, filter).reduce((sum, day) => sum + day.photos, 0) });
  }

  async function reload(key: string, signal: AbortSignal): Promise<void> {
    const { filter } = state.get();
    const where = key === ALL ? {} : { from: toDate(key).toISOString(), to: endOf(key) };
    const page = await api.one(person, { ...toQuery(filter), ...where, limit: WHOLE_DAY, signal });
    if (signal.aborted) return;
    const days = state.get().days.map((day) => (day.key === key ? { ...day, faces: [], next: undefined } : day));
    // Within its own day nothing else is known to be loaded.
    const one = withPage(
      days.filter((day) => day.key === key),
      key,
      page.faces,
      page.next_cursor,
    ).filter((day) => day.key === key);
    set({ days: days.flatMap((day) => (day.key === key ? one : [day])) });
  }

  return {
    state,
    open,
    counted: () => counting,
    want(keys) {
      if (asking) return;
      const { days } = state.get();
      const wanted = keys.map((key) => days.find((day) => day.key === key)).find((day) => day && day.next !== null);
      if (wanted) void load(wanted);
    },
    async refresh() {
      const { signal } = turn;
      const { filter } = state.get();
      try {
        await counting;
        const [[counted, times]] = await Promise.all([count(filter, until), countNewer()]);
        if (signal.aborted) return;
        const { days } = state.get();
        if (filter.leastAlike) {
          const [now] = toDays(counted, filter);
          const isRight = now?.photos === days[0]?.photos;
          set({ times, days: now ? [{ ...(days[0] ?? EMPTY), photos: now.photos }] : [] });
          if (!isRight && now) await reload(ALL, signal);
          return;
        }
        const again = recounted(days, toCounts(counted, filter));
        set({ times, days: again.days });
        for (const key of again.stale) await reload(key, signal);
      } catch {
        // The page says that there is no connection; what is shown stays.
      }
    },
    async countNewer() {
      await countNewer().catch(() => undefined);
    },
    without(faces) {
      const { signal } = turn;
      const { days } = state.get();
      const ids = new Set(faces.map((face) => face.face_id));
      const shown = days.flatMap((day) => day.faces).filter((face) => ids.has(face.face_id));
      for (const id of ids) gone.add(id);
      set({ days: withoutFaces(days, ids) });
      return () => {
        if (signal.aborted) return;
        for (const id of ids) gone.delete(id);
        set({ days: withFaces(state.get().days, shown) });
      };
    },
    change(each) {
      const days = state.get().days.map((day) => {
        const faces = each(day.faces);
        return faces === day.faces ? day : { ...day, faces };
      });
      set({ days });
    },
    stop: () => turn.abort(),
  };
}

const EMPTY: PhotoDay = { key: ALL, photos: 0, faces: [], next: undefined };
