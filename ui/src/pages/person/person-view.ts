import type { PersonFaceJson, PersonJson } from "../../../../src/wire/out/schemas.ts";
import { RequestFailed } from "../../api/problem.ts";
import type { App } from "../../app.ts";
import { createKept } from "../../state/kept.ts";
import { createObservable, type Observable } from "../../state/observable.ts";
import { createPhotos, type PhotoFilter, type Photos } from "../../state/person/photo-stream.ts";
import { onThumbnails, withThumbnails } from "../../state/thumbnails.ts";
import { loadOffer, type Offer, refuseOffer } from "./load-offer.ts";

/** Until changes that come together are looked at. */
const SETTLE_MS = 300;
/** An offer that takes longer comes below the photos: nothing is put in above what is on the screen. */
const OFFER_MS = 400;

/** What the page keeps over a reload. */
export interface Kept {
  readonly filter: PhotoFilter;
  /** On phones one of them is shown. */
  readonly tab: "photos" | "times";
  /** Null: not selecting. */
  readonly selected: readonly PersonFaceJson[] | null;
  /** What is typed as the new name; null: not renaming. */
  readonly draft: string | null;
}

/** `person` is null until it is loaded; `failure`: why it could not be. */
export interface PersonViewState {
  readonly person: PersonJson | null;
  readonly offer: Offer | null;
  /** The offer came when the photos were on the screen. */
  readonly isOfferLate: boolean;
  readonly failure: unknown;
  readonly kept: Kept;
}

/** What is shown of one person, and kept up to date. */
export interface PersonView {
  readonly id: string;
  readonly state: Observable<PersonViewState>;
  readonly photos: Photos;
  /** @param camera the only one to show; undefined: as it was left */
  open(camera?: string): Promise<void>;
  keep(change: Partial<Kept>): void;
  /** Selects photos, or takes them out of the selection. */
  pick(faces: readonly PersonFaceJson[], on: boolean): void;
  /** The offer is done with; `no`: it is not made again. */
  closeOffer(no: boolean): void;
  /** Follows changes until the function that it returns is called. */
  start(): () => void;
}

const NOTHING: Kept = { filter: {}, tab: "photos", selected: null, draft: null };

export function createPersonView(app: App, id: string): PersonView {
  const storage = createKept<Kept>(`person.${id}`);
  const state = createObservable<PersonViewState>({
    person: null,
    offer: null,
    isOfferLate: false,
    failure: null,
    kept: { ...NOTHING, ...storage.get() },
  });
  const set = (change: Partial<PersonViewState>) => state.set({ ...state.get(), ...change });
  const photos = createPhotos(app.registry, id, {
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    now: () => app.now.get(),
    onError: (error) => app.complain(error),
  });

  function keep(change: Partial<Kept>): void {
    const kept = { ...state.get().kept, ...change };
    storage.set(kept);
    set({ kept });
  }

  async function open(camera?: string): Promise<void> {
    if (camera !== undefined) keep({ filter: { camera } });
    const person = await photos.open(state.get().kept.filter);
    if (!person) return;
    const loading = loadOffer(app, person).catch(() => null);
    const late = new Promise<undefined>((resolve) => setTimeout(resolve, OFFER_MS));
    const offer = await Promise.race([loading, late]);
    set({ person, offer: offer ?? null, isOfferLate: offer === undefined, failure: null });
    if (offer === undefined) set({ offer: await loading });
  }

  // What changed elsewhere is counted anew; what is new waits.
  async function refresh(): Promise<void> {
    try {
      const [{ person }] = await Promise.all([app.registry.one(id, { limit: 1 }), photos.refresh()]);
      if (state.get().person) set({ person });
    } catch (failure) {
      if (failure instanceof RequestFailed && failure.status === 404) set({ failure });
    }
  }

  return {
    id,
    state,
    photos,
    open,
    keep,
    pick(faces, on) {
      const ids = new Set(faces.map((face) => face.face_id));
      const rest = (state.get().kept.selected ?? []).filter((face) => !ids.has(face.face_id));
      keep({ selected: on ? [...rest, ...faces] : rest });
    },
    closeOffer(no) {
      const { offer } = state.get();
      if (no && offer) refuseOffer(offer);
      set({ offer: null });
    },
    start() {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const soon = () => {
        clearTimeout(timer);
        timer = setTimeout(() => void refresh(), SETTLE_MS);
      };
      let counting: ReturnType<typeof setTimeout> | undefined;
      const newer = () => {
        counting ??= setTimeout(() => {
          counting = undefined;
          void photos.countNewer();
        }, SETTLE_MS);
      };
      const { live } = app;
      const stops = [
        live.on("people", soon),
        live.onConnected(soon),
        live.on("event", (event) => {
          if (event.event_type === "recognized" && event.person_id === id) newer();
        }),
        onThumbnails(live, (made) => photos.change((faces) => withThumbnails(faces, made))),
      ];
      return () => {
        clearTimeout(timer);
        clearTimeout(counting);
        photos.stop();
        for (const stop of stops) stop();
      };
    },
  };
}
