import type { PersonJson, RecognitionEventJson } from "../../../../src/wire/out/schemas.ts";
import { allPages } from "../../api/all-pages.ts";
import type { Live } from "../../api/live.ts";
import type { PeopleApi } from "../../api/people.ts";
import { createObservable, type Observable } from "../observable.ts";

/** All named people; `phase` is "idle" until they are first needed. */
export interface PeopleState {
  readonly phase: "idle" | "loading" | "ready" | "failed";
  readonly list: readonly PersonJson[];
  readonly error: unknown;
}

/** The people, kept up to date while the panel is open. */
export interface People {
  readonly state: Observable<PeopleState>;
  /** Loads them unless they are there already. */
  wanted(): void;
  load(): Promise<void>;
  find(personId: string): PersonJson | undefined;
  start(): () => void;
}

const PAGE = 1_000;
const SETTLE_MS = 250;

export function createPeople(api: PeopleApi, live: Live): People {
  const state = createObservable<PeopleState>({ phase: "idle", list: [], error: null });
  let running = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function load(): Promise<void> {
    const mine = ++running;
    const before = state.get();
    if (before.phase !== "ready") state.set({ ...before, phase: "loading" });
    const list: PersonJson[] = [];
    try {
      await allPages(
        (cursor) => api.list({ limit: PAGE, cursor }),
        (page) => void list.push(...page.people),
      );
      if (mine === running) state.set({ phase: "ready", list, error: null });
    } catch (error) {
      if (mine === running) state.set({ ...state.get(), phase: before.list.length > 0 ? "ready" : "failed", error });
    }
  }

  // Several changes often come together: one question answers them.
  function soon(): void {
    if (state.get().phase === "idle") return;
    clearTimeout(timer);
    timer = setTimeout(() => void load(), SETTLE_MS);
  }

  // A recognized person is updated at once, without reloading the list.
  function seen(event: RecognitionEventJson): void {
    const { list } = state.get();
    if (event.event_type !== "recognized" || event.delayed) return;
    const at = list.findIndex((person) => person.person_id === event.person_id);
    const person = list[at];
    if (!person || (person.last_seen !== null && person.last_seen >= event.timestamp)) return;
    const next = [...list];
    next[at] = { ...person, last_seen: event.timestamp, last_camera: event.camera };
    state.set({ ...state.get(), list: next });
  }

  return {
    state,
    load,
    wanted() {
      if (state.get().phase === "idle" || state.get().phase === "failed") void load();
    },
    find: (personId) => state.get().list.find((person) => person.person_id === personId),
    start() {
      const stops = [live.on("people", soon), live.onConnected(soon), live.on("event", seen)];
      return () => {
        clearTimeout(timer);
        for (const stop of stops) stop();
      };
    },
  };
}
