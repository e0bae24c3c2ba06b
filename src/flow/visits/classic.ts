import { decide } from "../../recognize/decide.ts";
import type { Batch, Deciding, Verdicts } from "./batch.ts";
import { count, mostSeen, toState } from "./tally.ts";
import { toEvent } from "./visit-event.ts";
import { toSaid, type VisitRecord } from "./visit-record.ts";

/** Every face by itself, each with an event; a visit is what most of its faces are. */
export function decideClassic({ placed, records }: Batch, { galleries, rules, strangerOf }: Deciding): Verdicts {
  const decided = new Map(records);
  const decisions = placed.map(({ face, visit: { visitId }, delayed }) => {
    const decision = decide(face.encoding, galleries(face.model), rules);
    const record = decided.get(visitId) as VisitRecord;
    const tally = count(record.tally, decision);
    const said = toSaid(decision.type, decision.who?.personId ?? null, delayed);
    decided.set(visitId, {
      ...record,
      tally,
      who: mostSeen(tally),
      ignored: toState(tally) === "ignored",
      said: decision.type === "ignored" || record.said.has(said) ? record.said : new Set(record.said).add(said),
    });
    return decision;
  });
  for (const [visitId, record] of decided) {
    if (toState(record.tally) === "unknown") decided.set(visitId, { ...record, stranger: strangerOf(record) });
    else if (record.stranger) decided.set(visitId, { ...record, stranger: null });
  }

  return {
    faces: decisions,
    records: decided,
    rematched: new Set(),
    announce: (saved, now) =>
      saved.flatMap(({ face, cameraId }, i) => {
        const [decision, one] = [decisions[i], placed[i]];
        const record = one && now.get(one.visit.visitId);
        if (!decision || !record || decision.type === "ignored") return [];
        const { who, candidates, type } = decision;
        const answer = { type, who, candidates, threshold: rules.threshold, delayed: one.delayed };
        const event = toEvent(answer, { ...one.face, faceId: face.id, cameraId }, record, one.visit.faces);
        return [{ event, isSighting: true, isNews: true }];
      }),
  };
}
