import type { Bus } from "../../domain/events.ts";
import type { Log } from "../../domain/log.ts";
import type { Settings } from "../../domain/settings.ts";
import { toStrangerId, type UnknownVisit } from "../../domain/stranger.ts";
import { DLIB_SPREAD, fittingThreshold } from "../../recognize/fit.ts";
import { createStrangers, isBeside } from "../../recognize/strangers.ts";
import type { Store } from "../../store/port.ts";

/** Open visits whose stranger is remembered; more than can be open. */
const MOST_OPEN = 2_048;

export interface LiveStrangersDeps {
  readonly store: Pick<Store, "unknownVisits" | "makeStranger" | "dissolveStranger">;
  readonly settings: () => Settings;
  readonly bus: Bus;
  readonly log: Pick<Log, "error">;
}

/** A stranger, as a visit of theirs shows them. */
export interface StrangerSeen {
  readonly strangerId: string;
  /** How often they came, this visit included. */
  readonly visits: number;
}

/** Finds unknown people again who have been here before. The answers come at once: faces wait for them. */
export interface LiveStrangers {
  /**
   * Whose visit it is that goes on, as it is now; null: of a person who was not here before, or that is not sure yet. A new
   * stranger is on disk when it returns.
   */
  find(visit: UnknownVisit): StrangerSeen | null;
  /**
   * The same of a visit that has ended, for good. It is compared with from now on, if it is `unknown`: not if it turned out
   * to be a person's.
   */
  settle(visit: UnknownVisit, unknown: boolean): StrangerSeen | null;
  /** Reads again whose visits are whose; to be called before the first visit, and after people or visits have changed. */
  reload(): Promise<void>;
}

interface OpenLink {
  readonly visit: UnknownVisit;
  readonly strangerId: string;
  /** The visit before it, where this one made a stranger of the two. */
  readonly madeOf: string | null;
}

export function createLiveStrangers({ store, settings, bus, log }: LiveStrangersDeps): LiveStrangers {
  let strangers = createStrangers();
  let lastNumber = 0;
  const open = new Map<string, OpenLink>();

  const thresholdOf = (n: number, m: number): number =>
    fittingThreshold(settings()["recognition.threshold"], n, m, DLIB_SPREAD);

  function failed(error: unknown): void {
    log.error({ err: error }, "a stranger could not be stored");
    reload().catch((err: unknown) => log.error({ err }, "strangers could not be read"));
  }

  async function reload(): Promise<void> {
    const stored = await store.unknownVisits();
    strangers = createStrangers();
    lastNumber = Math.max(lastNumber, stored.lastNumber);
    for (const { strangerId, ...visit } of stored.visits) {
      // What goes on is put when it has ended.
      if (!open.has(visit.visitId)) strangers.put(visit, strangerId);
    }
    for (const [visitId, { strangerId }] of open) {
      if (strangers.visitsOf(strangerId).length === 0) open.delete(visitId);
    }
    bus.emit("stranger", { strangerId: null });
  }

  function linkOf(visit: UnknownVisit): OpenLink | null {
    const before = open.get(visit.visitId) ?? null;
    const found = strangers.find(visit, thresholdOf, before?.strangerId);
    if (!found) return null;
    if ("strangerId" in found) {
      const { strangerId } = found;
      return { visit, strangerId, madeOf: strangerId === before?.strangerId ? before.madeOf : null };
    }
    const lone = strangers.lone(found.visitId);
    if (!lone) return null;
    lastNumber++;
    const strangerId = toStrangerId(lastNumber);
    store.makeStranger(lastNumber, lone.visitId).catch(failed);
    strangers.put(lone, strangerId);
    return { visit, strangerId, madeOf: lone.visitId };
  }

  /** Two people beside each other are not both the same stranger. */
  const isTaken = ({ visit, strangerId }: OpenLink): boolean =>
    [...open.values()].some(
      (other) =>
        other.strangerId === strangerId && other.visit.visitId !== visit.visitId && isBeside(other.visit, visit),
    );

  /** A stranger who was made by a visit that turned out to be someone else's was none. */
  function dissolve({ visit, strangerId, madeOf }: OpenLink): void {
    const visits = strangers.visitsOf(strangerId);
    const others = [...open.values()].some(
      (other) => other.strangerId === strangerId && other.visit.visitId !== visit.visitId,
    );
    const lone = visits.find((one) => one.visitId === madeOf);
    if (!lone || visits.length > 1 || others) return;
    strangers.put(lone, null);
    store.dissolveStranger(strangerId).catch(failed);
    bus.emit("stranger", { strangerId });
  }

  function relink(visit: UnknownVisit, unknown: boolean): OpenLink | null {
    const before = open.get(visit.visitId);
    const wanted = unknown ? linkOf(visit) : null;
    const link = wanted && !isTaken(wanted) ? wanted : null;
    if (wanted && !link && wanted.madeOf !== null) dissolve(wanted);
    if (before && before.strangerId !== link?.strangerId) dissolve(before);
    open.delete(visit.visitId);
    return link;
  }

  const countOf = (strangerId: string): number =>
    strangers.visitsOf(strangerId).length + [...open.values()].filter((one) => one.strangerId === strangerId).length;

  return {
    find(visit) {
      const link = relink(visit, true);
      if (!link) return null;
      open.set(visit.visitId, link);
      const [oldest] = open.keys();
      if (open.size > MOST_OPEN && oldest !== undefined) open.delete(oldest);
      return { strangerId: link.strangerId, visits: countOf(link.strangerId) };
    },
    settle(visit, unknown) {
      const link = relink(visit, unknown);
      if (!unknown) return null;
      strangers.put(visit, link?.strangerId ?? null);
      return link && { strangerId: link.strangerId, visits: countOf(link.strangerId) };
    },
    reload,
  };
}
