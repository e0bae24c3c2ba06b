import type { Bus } from "../../domain/events.ts";
import type { Log } from "../../domain/log.ts";
import type { Settings } from "../../domain/settings.ts";
import { toStrangerId, type UnknownVisit } from "../../domain/visits/stranger.ts";
import { fittingThreshold, independentFaces, type Spread } from "../../recognize/fit.ts";
import { createStrangers, isBeside, type StrangerRules } from "../../recognize/strangers.ts";
import type { Store } from "../../store/port.ts";

export interface LiveStrangersDeps {
  readonly store: Pick<Store, "unknownVisits" | "makeStranger" | "dissolveStranger">;
  readonly settings: () => Settings;
  /** How encodings of a model spread. */
  readonly spreadOf: (model: string) => Spread;
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
   * The same of a visit that has ended, for good; again, if that could not be stored. It is compared with from now on, if it
   * is `unknown`: not if it turned out to be a person's.
   */
  settle(visit: UnknownVisit, unknown: boolean): StrangerSeen | null;
  /** Reads again whose visits are whose; to be called before the first visit, and after people or visits have changed. */
  reload(): Promise<void>;
  /** Emits which stranger comes again, at each change of their visit that is stored. Returns how to stop. */
  watch(): () => void;
}

/** A visit that goes on, and whose it is. */
interface Link {
  readonly visit: UnknownVisit;
  readonly strangerId: string;
  /** The visit before it, where this one made a stranger of the two. */
  readonly madeOf: string | null;
}

/** The strangers, as they are stored and as visits that go on make them. */
export function createLiveStrangers({ store, settings, spreadOf, bus, log }: LiveStrangersDeps): LiveStrangers {
  const rules: StrangerRules = {
    worthOf: ({ faces, variance, model }) => independentFaces(faces, variance, spreadOf(model)),
    thresholdOf: (n, m, model) => fittingThreshold(settings()["recognition.threshold"], n, m, spreadOf(model)),
  };
  let strangers = createStrangers(rules);
  let lastNumber = 0;
  /** Of visits that go on. */
  const links = new Map<string, Link>();
  /** Strangers of visits that have ended and are being stored. */
  const settled = new Map<string, string>();

  const linksOf = (strangerId: string): Link[] => [...links.values()].filter((one) => one.strangerId === strangerId);
  const isThere = (strangerId: string): boolean => strangers.visitsOf(strangerId).length > 0;

  async function reload(): Promise<void> {
    const stored = await store.unknownVisits();
    strangers = createStrangers(rules);
    lastNumber = Math.max(lastNumber, stored.lastNumber);
    for (const { strangerId, ...visit } of stored.visits) {
      // One that goes on is put when it has ended.
      if (!links.has(visit.visitId)) strangers.put(visit, strangerId);
    }
    for (const [visitId, { strangerId }] of links) if (!isThere(strangerId)) links.delete(visitId);
    bus.emit("stranger", { strangerId: null });
  }

  function failed(error: unknown): void {
    log.error({ err: error }, "a stranger could not be stored");
    reload().catch((err: unknown) => log.error({ err }, "strangers could not be read"));
  }

  /** A stranger of a visit that was alone. */
  function make(lone: UnknownVisit): string {
    lastNumber++;
    const strangerId = toStrangerId(lastNumber);
    store.makeStranger(lastNumber, lone.visitId).catch(failed);
    strangers.put(lone, strangerId);
    return strangerId;
  }

  /** A stranger who was made by a visit that turned out to be of another person was none. */
  function dissolve({ visit, strangerId, madeOf }: Link): void {
    const lone = strangers.visitsOf(strangerId).find((one) => one.visitId === madeOf);
    const others = linksOf(strangerId).filter((one) => one.visit.visitId !== visit.visitId);
    if (!lone || strangers.visitsOf(strangerId).length > 1 || others.length > 0) return;
    strangers.put(lone, null);
    store.dissolveStranger(strangerId).catch(failed);
    bus.emit("stranger", { strangerId });
  }

  function findLink(visit: UnknownVisit, before: Link | null): Link | null {
    const found = strangers.find(visit, before?.strangerId);
    if (!found) return null;
    if ("visitId" in found) {
      const lone = strangers.lone(found.visitId);
      return lone && { visit, strangerId: make(lone), madeOf: lone.visitId };
    }
    const { strangerId } = found;
    // Two people beside each other are not both the same stranger.
    if (linksOf(strangerId).some((one) => one.visit.visitId !== visit.visitId && isBeside(one.visit, visit)))
      return null;
    return { visit, strangerId, madeOf: before?.strangerId === strangerId ? before.madeOf : null };
  }

  /** The visit's link as it is now, where there is one. */
  function relink(visit: UnknownVisit, unknown: boolean): StrangerSeen | null {
    const { visitId } = visit;
    const ended = strangers.strangerOf(visitId);
    const before = links.get(visitId) ?? (ended === null ? null : { visit, strangerId: ended, madeOf: null });
    strangers.remove(visitId);
    const link = unknown ? findLink(visit, before) : null;
    if (link) links.set(visitId, link);
    else links.delete(visitId);
    if (before && before.strangerId !== link?.strangerId) dissolve(before);
    if (!link) return null;
    const { strangerId } = link;
    return { strangerId, visits: strangers.visitsOf(strangerId).length + linksOf(strangerId).length };
  }

  return {
    find: (visit) => relink(visit, true),
    settle(visit, unknown) {
      const seen = relink(visit, unknown);
      links.delete(visit.visitId);
      if (unknown) strangers.put(visit, seen?.strangerId ?? null);
      if (seen) settled.set(visit.visitId, seen.strangerId);
      return seen;
    },
    reload,
    watch: () =>
      bus.on("visit", ({ visitId }) => {
        const strangerId = links.get(visitId)?.strangerId ?? settled.get(visitId);
        settled.delete(visitId);
        if (strangerId !== undefined) bus.emit("stranger", { strangerId });
      }),
  };
}
