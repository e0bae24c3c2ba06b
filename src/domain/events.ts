import type { Change } from "./change.ts";
import type { Discovery } from "./cluster.ts";
import type { Face } from "./face.ts";
import type { Problem, ProblemReport } from "./health/problem.ts";
import type { Person } from "./person.ts";
import type { ReEncoding } from "./pictures/re-encoding.ts";
import type { RecognitionEvent } from "./recognition.ts";
import type { Rejection } from "./rejection.ts";
import type { Stats } from "./stats.ts";
import type { VisitState } from "./visits/visit.ts";

/** A change to one person. `erased`: the person was removed with all data. */
export type PeopleChange =
  | { readonly kind: "enrolled"; readonly person: Person }
  | { readonly kind: "changed"; readonly person: Person }
  | { readonly kind: "renamed"; readonly person: Person; readonly from: string }
  | { readonly kind: "removed"; readonly person: Person; readonly erased: boolean };

/** `picture`: from when it leaves the queue until its faces are stored. */
export type Measured = "commit" | "recognition" | "discovery" | "picture";

/** What the flows emit on the bus, by event name. */
export interface DomainEvents {
  /** A face is on disk. */
  face: { readonly face: Face; readonly cameraId: string };
  /** A recognition to publish: its cooldown has passed. */
  recognition: { readonly event: RecognitionEvent };
  /** The event of a test face: it is only published. */
  tested: { readonly event: RecognitionEvent };
  /** Any decision on a face that is not ignored, published or not; presence and states follow it. */
  sighting: { readonly event: RecognitionEvent };
  /** A visit was opened, has more faces, has ended, or was corrected; once for faces that arrive together. */
  visit: {
    readonly visitId: string;
    readonly state: VisitState;
    /** A user said just now whose it is; null: no person's whom it was taken for. */
    readonly corrected?: { readonly personId: string | null };
  };
  /** A face's thumbnail is ready. */
  thumbnail: { readonly faceId: number };
  /** A message was rejected for good. */
  rejected: Rejection;
  discovery: Discovery;
  /** The list of clusters has changed. */
  clusters: Record<never, never>;
  people: { readonly changes: readonly PeopleChange[] };
  /** A change to people was made, undone or redone; as it is now in the history. */
  change: Change;
  /** How new encodings by another model go: at the start, at the end, and now and then. */
  reEncode: ReEncoding;
  /** Faces were deleted without a trace. */
  erased: { readonly faceIds: readonly number[] };
  /** A stranger came again, or changed otherwise; null: any of them may have. */
  stranger: { readonly strangerId: string | null };
  settings: Record<never, never>;
  /** Unassigned faces were deleted by retention or by command. */
  purged: { readonly faces: number; readonly frames: number; readonly thumbnails: number };
  /** Faces of ended visits went because others, nearly equal, stand for them. */
  thinned: { readonly faces: number };
  /** How long something took, for the metrics. */
  measured: { readonly what: Measured; readonly seconds: number; readonly count: number };
  /** There is a connection to the broker, the first or a new one; it may have lost sessions and retained messages. */
  connected: { readonly broker: string };
  disconnected: { readonly broker: string; readonly reason: string };
  /** The figures, as they are now. */
  stats: Stats;
  /** A problem was opened, changed or closed by its source. */
  problem: ProblemReport;
  /** The open problems have changed. */
  problems: { readonly problems: readonly Problem[] };
}

type Listener<T> = (payload: T) => void;

/** A typed event bus. Listeners are called synchronously, in order of subscription; one that throws does not affect the emitter. */
export interface Bus {
  emit<K extends keyof DomainEvents>(name: K, payload: DomainEvents[K]): void;
  /** Returns a function that unsubscribes. */
  on<K extends keyof DomainEvents>(name: K, listener: Listener<DomainEvents[K]>): () => void;
}

/** @param onError gets what a listener throws; the other listeners are called all the same. */
export function createBus(onError: (error: unknown, name: keyof DomainEvents) => void): Bus {
  const listeners = new Map<keyof DomainEvents, Set<Listener<never>>>();
  return {
    emit(name, payload) {
      for (const listener of listeners.get(name) ?? []) {
        try {
          (listener as Listener<typeof payload>)(payload);
        } catch (error) {
          onError(error, name);
        }
      }
    },
    on(name, listener) {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set);
      set.add(listener as Listener<never>);
      return () => set.delete(listener as Listener<never>);
    },
  };
}
