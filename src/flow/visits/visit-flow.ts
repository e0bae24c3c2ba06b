import { randomBytes } from "node:crypto";
import type { IncomingFace } from "../../domain/face.ts";
import { marginOf, type Settings } from "../../domain/settings.ts";
import type { UnknownVisit } from "../../domain/visits/stranger.ts";
import { type Decision, decide } from "../../recognize/decide.ts";
import type { Galleries } from "../../recognize/galleries.ts";
import type { OpenVisit } from "../../recognize/open-visit.ts";
import { createVisits, type VisitPlan } from "../../recognize/visits.ts";
import type { FaceToSave, SavedFace } from "../../store/port/faces.ts";
import type { VisitOutcome, VisitToSave } from "../../store/port/visits.ts";
import type { LiveStrangers, StrangerSeen } from "../strangers/live-strangers.ts";
import type { Batch, Deciding } from "./batch.ts";
import { pickBest, toBestFace } from "./best-face.ts";
import { buildThresholds } from "./build-thresholds.ts";
import { decideCareful } from "./careful.ts";
import { decideClassic } from "./classic.ts";
import { endVisit } from "./ended.ts";
import type { Announcement } from "./visit-event.ts";
import { toVisitRecord, type VisitRecord } from "./visit-record.ts";
import { toVisitingFace } from "./visiting-face.ts";

export interface VisitFlowDeps {
  readonly galleries: Galleries;
  readonly settings: () => Settings;
  readonly rules: {
    /** 0: no limit */
    readonly maxAgeSeconds: number;
    /** Thumbnails are kept. */
    readonly thumbnails: boolean;
    /** Source frames can be read. */
    readonly frames: boolean;
  };
  /** null: none are known again. */
  readonly strangers: Pick<LiveStrangers, "find" | "settle"> | null;
}

/** A face that was not stored before. */
export interface ArrivedFace {
  readonly face: IncomingFace;
  /** In ms of a clock that never jumps. */
  readonly arrivedMs: number;
  /** Number of the message it came with. */
  readonly message: number;
}

/** What is to be stored, and then to be emitted. */
export interface PlannedBatch {
  readonly faces: readonly FaceToSave[];
  readonly visits: readonly VisitToSave[];
  /** Makes it so, once all is stored; before anything else is planned. */
  adopt(saved: readonly SavedFace[]): readonly Announcement[];
  /** It could not be stored. */
  abandon(): void;
}

/** Visits that have ended: what is to be stored, and then to be emitted. */
export interface PlannedEnds {
  readonly outcomes: readonly VisitOutcome[];
  /** Makes it so, once it is stored; before anything else is planned. */
  adopt(): readonly Announcement[];
}

/** Faces → visits → decisions, by the profile in force. Nothing has happened until what was planned is adopted. */
export interface VisitFlow {
  /** @param arrived not none */
  plan(arrived: readonly ArrivedFace[]): PlannedBatch;
  /** What is to be stored of faces of the past: they are compared, and join no visit that goes on. */
  compare(past: readonly IncomingFace[]): FaceToSave[];
  /** Those that have ended by `nowMs` of the clock that never jumps, of many the first. */
  planEnds(nowMs: number): PlannedEnds;
  /** A user said whose a visit is: another whom it was recognized as is not recognized in it any more. */
  correct(visitId: string, personId: string | null): void;
  /** When the next one ends, in ms of that clock; null: none is open. */
  nextEndMs(): number | null;
}

/** Visits that end in one transaction: bounds how long faces wait for it. */
const MOST_ENDS = 32;

/** The id of a new visit. */
export const newVisitId = (): string => `v_${randomBytes(8).toString("hex")}`;

export function createVisitFlow({ galleries, settings, rules, strangers }: VisitFlowDeps): VisitFlow {
  const visits = createVisits(newVisitId);
  const records = new Map<string, VisitRecord>();
  /** Open ones that were corrected since their last face. */
  const corrected = new Map<string, string | null>();
  const visitMs = (): number => settings()["recognition.visit_seconds"] * 1000;
  const isDelayed = (ageMs: number): boolean => rules.maxAgeSeconds > 0 && ageMs > rules.maxAgeSeconds * 1000;
  const wantsThumbnail = ({ thumbnail, source, box }: IncomingFace): boolean =>
    rules.thumbnails && (thumbnail !== null || (rules.frames && source !== null && box !== null));

  function deciding(): Deciding {
    const now = settings();
    const threshold = now["recognition.threshold"];
    return {
      galleries,
      rules: { threshold, margin: marginOf(now), minFaces: now["recognition.min_faces"] },
      isDelayed,
      strangerOf: ({ visit }) => strangers?.find(toUnknownVisit(visit)) ?? null,
    };
  }

  const settle = ({ visit }: VisitRecord, unknown: boolean): StrangerSeen | null =>
    strangers?.settle(toUnknownVisit(visit), unknown) ?? null;

  function place(arrived: readonly ArrivedFace[]): VisitPlan {
    const thresholdOf = buildThresholds(settings()["recognition.threshold"], galleries);
    const faces = arrived.map(({ face, arrivedMs, message }) => toVisitingFace(face, arrivedMs, message));
    return visits.plan(faces, { visitMs: visitMs(), thresholdOf });
  }

  function putRight(record: VisitRecord): VisitRecord {
    const { who, denied, visit } = record;
    const is = corrected.get(visit.visitId);
    if (is === undefined || !who || who.personId === is) return record;
    return { ...record, who: null, denied: new Set(denied).add(who.personId) };
  }

  /** Each visit of a batch with its faces, and the best of them. */
  function follow(arrived: readonly ArrivedFace[], plan: VisitPlan): Batch {
    const profile = settings()["recognition.profile"];
    const followed = new Map<string, VisitRecord>();
    const placed = arrived.map(({ face }, i) => {
      const visit = plan.placements[i] as OpenVisit;
      const ageMs = face.receivedAt.getTime() - face.capturedAt.getTime();
      const shown = toBestFace(face, wantsThumbnail(face));
      const before = followed.get(visit.visitId) ?? records.get(visit.visitId) ?? toVisitRecord(visit, shown);
      const best = pickBest(before.best, shown, visit.mean);
      followed.set(visit.visitId, { ...putRight(before), visit, best, profile, ageMs });
      return { face, visit, delayed: isDelayed(ageMs) };
    });
    return { placed, records: followed, before: records };
  }

  /** A visit without a name, seen to its end, does not hide the person who is at the camera meanwhile. */
  function withoutHiding(announcement: Announcement): Announcement {
    const { camera } = announcement.event;
    const isHiding = [...records.values()].some(({ who, visit }) => who !== null && visit.camera === camera);
    return { ...announcement, isSighting: announcement.isSighting && !isHiding };
  }

  return {
    plan(arrived) {
      const plan = place(arrived);
      const batch = follow(arrived, plan);
      const heard = [...corrected.keys()].filter((visitId) => batch.records.has(visitId));
      const decideBatch = settings()["recognition.profile"] === "careful" ? decideCareful : decideClassic;
      const verdicts = decideBatch(batch, deciding());
      return {
        faces: batch.placed.map(({ face, visit }, i) => ({
          ...face,
          ...toMatch(verdicts.faces[i]),
          visitId: visit.visitId,
          wantsThumbnail: wantsThumbnail(face),
        })),
        visits: [...verdicts.records].map(([id, record]) => toVisitToSave(record, verdicts.rematched.has(id))),
        adopt(saved) {
          plan.adopt();
          for (const visitId of heard) corrected.delete(visitId);
          const stored = new Map(saved.map(({ face, cameraId }) => [face.uid, { faceId: face.id, cameraId }]));
          for (const [visitId, record] of verdicts.records) {
            const { best } = record;
            records.set(visitId, { ...record, best: { ...best, stored: stored.get(best.uid) ?? best.stored } });
          }
          return verdicts.announce(saved, records);
        },
        abandon() {
          for (const [visitId, record] of verdicts.records) if (!records.has(visitId)) settle(record, false);
        },
      };
    },
    compare(past) {
      const { rules: decision } = deciding();
      return past.map((face) => ({
        ...face,
        ...toMatch(decide(face.encoding, galleries(face.model), decision)),
        visitId: null,
        wantsThumbnail: wantsThumbnail(face),
      }));
    },
    planEnds(nowMs) {
      const due = visits.due(nowMs, visitMs()).slice(0, MOST_ENDS);
      const ended = due.map(({ visitId }) => endVisit(records.get(visitId) as VisitRecord, deciding(), settle));
      return {
        outcomes: ended.map((one) => one.outcome),
        adopt() {
          visits.end(due.map((visit) => visit.visitId));
          for (const { visitId } of due) {
            records.delete(visitId);
            corrected.delete(visitId);
          }
          return ended.flatMap(({ announcement }) => (announcement ? [withoutHiding(announcement)] : []));
        },
      };
    },
    correct(visitId, personId) {
      if (records.has(visitId)) corrected.set(visitId, personId);
    },
    nextEndMs: () => visits.nextEndMs(visitMs()),
  };
}

/** What a visit is by its faces alone, as of an unknown person. */
export function toUnknownVisit(visit: OpenVisit): UnknownVisit {
  const { visitId, model, camera, fromMs, toMs, faces, mean, variance } = visit;
  return { visitId, model, camera, from: new Date(fromMs), to: new Date(toMs), faces, mean, variance };
}

function toMatch(
  verdict: Pick<Decision, "who" | "ignoredCluster"> | undefined,
): Pick<FaceToSave, "matched" | "ignoredCluster"> {
  if (!verdict?.who) return { matched: null, ignoredCluster: verdict?.ignoredCluster ?? null };
  const { person, personId, rawDistance: distance, score } = verdict.who;
  return { matched: { person, personId, distance, score }, ignoredCluster: null };
}

function toVisitToSave({ visit, best, who, stranger }: VisitRecord, rematch: boolean): VisitToSave {
  return {
    ...toUnknownVisit(visit),
    eventId: visit.eventId,
    bestFace: best.uid,
    state: "open",
    personId: who?.personId ?? null,
    distance: who?.rawDistance ?? null,
    strangerId: stranger?.strangerId ?? null,
    rematch,
  };
}
