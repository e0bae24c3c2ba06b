import type { RecognitionType } from "../../domain/recognition.ts";
import { decideVisit, type VisitDecision } from "../../recognize/decide.ts";
import type { Batch, Deciding, Verdicts } from "./batch.ts";
import { type Announcement, toVisitEvent } from "./visit-event.ts";
import { toSaid, type VisitRecord } from "./visit-record.ts";

/**
 * Visits, each by the mean of its faces. A person is recognized as soon as there are enough faces, and another one when
 * later faces say so; never a person less, because what was published cannot be taken back. What is not recognized is
 * decided when the visit ends.
 */
export function decideCareful({ placed, records, before }: Batch, deciding: Deciding): Verdicts {
  const steps = new Map<string, Step>();
  const decided = new Map<string, VisitRecord>();
  const rematched = new Set<string>();
  for (const [visitId, record] of records) {
    const last = before.get(visitId);
    // Whom a single face was taken for under `classic` is no answer here.
    const step = decideStep(last?.profile === "classic" ? { ...record, who: null } : record, deciding);
    steps.set(visitId, step);
    const { who } = step.record;
    const isUnknown = !who && step.decision.type === "unknown";
    decided.set(visitId, { ...step.record, stranger: isUnknown ? deciding.strangerOf(step.record) : null });
    if (who && !(last?.profile === "careful" && last.who?.personId === who.personId)) rematched.add(visitId);
  }

  return {
    faces: placed.map(({ visit: { visitId } }) => {
      const { record, decision } = steps.get(visitId) as Step;
      return { who: record.who, ignoredCluster: record.ignored ? decision.ignoredCluster : null };
    }),
    records: decided,
    rematched,
    announce: (_, now) => [...steps].flatMap(([visitId, step]) => toAnnouncement(step, now.get(visitId))),
  };
}

interface Step {
  readonly record: VisitRecord;
  readonly decision: VisitDecision;
  /** What states follow; null: too little was seen, or it is ignored. */
  readonly type: RecognitionType | null;
  /** A person is recognized for the first time in it. */
  readonly isNews: boolean;
  readonly delayed: boolean;
}

function decideStep(record: VisitRecord, { galleries, rules, isDelayed }: Deciding): Step {
  const { visit, said } = record;
  const decision = decideVisit(visit, galleries(visit.model), rules);
  const delayed = isDelayed(record.ageMs);
  const isDecided = visit.faces >= rules.minFaces;
  const isDenied = decision.who !== null && record.denied.has(decision.who.personId);
  const recognized = isDecided && !isDenied ? decision.who : null;
  const who = recognized ?? record.who;
  const ignored = who === null && decision.type === "ignored";
  const type = who ? "recognized" : isDecided && !isDenied && decision.type !== "ignored" ? decision.type : null;
  // A late face does not silence the person who stands at the door now.
  const isSaid = (late: boolean): boolean => said.has(toSaid("recognized", recognized?.personId ?? null, late));
  const isNews = recognized !== null && !isSaid(false) && !(delayed && isSaid(true));
  const saidNow = isNews ? new Set(said).add(toSaid("recognized", recognized.personId, delayed)) : said;
  return { record: { ...record, who, ignored, said: saidNow }, decision, type, isNews, delayed };
}

function toAnnouncement({ decision, type, isNews, delayed }: Step, record: VisitRecord | undefined): Announcement[] {
  if (!record || !type) return [];
  const { candidates, threshold } = decision;
  const event = toVisitEvent({ type, who: record.who, candidates, threshold, delayed }, record);
  return event ? [{ event, isSighting: true, isNews }] : [];
}
