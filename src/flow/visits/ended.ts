import { decideVisit, type VisitDecision } from "../../recognize/decide.ts";
import type { VisitOutcome } from "../../store/port/visits.ts";
import type { StrangerSeen } from "../strangers/live-strangers.ts";
import type { Deciding } from "./batch.ts";
import { toState } from "./tally.ts";
import { type Announcement, toVisitEvent } from "./visit-event.ts";
import type { VisitRecord } from "./visit-record.ts";

/** What a visit was, and what may be emitted once that is stored. */
export interface EndedVisit {
  readonly outcome: VisitOutcome;
  readonly announcement: Announcement | null;
}

/**
 * Decides a visit that has ended, by the profile of its last face. Without a name so far, a careful one is compared with
 * whom is enrolled by now. Only an answer without a name is published then: who came has left, and a name might open a door.
 * @param strangerOf is asked for good
 */
export function endVisit(
  record: VisitRecord,
  deciding: Deciding,
  strangerOf: (record: VisitRecord, unknown: boolean) => StrangerSeen | null,
): EndedVisit {
  const { state, who, decision } = decideEnded(record, deciding);
  const stranger = strangerOf(record, state === "unknown");
  const isRecognized = state === "recognized";
  const outcome = {
    visitId: record.visit.visitId,
    state,
    personId: isRecognized ? (who?.personId ?? null) : null,
    distance: isRecognized ? (who?.rawDistance ?? null) : null,
    strangerId: stranger?.strangerId ?? null,
  };
  if (!decision || (state !== "unknown" && state !== "ambiguous")) return { outcome, announcement: null };
  const { candidates, threshold } = decision;
  const delayed = deciding.isDelayed(record.ageMs);
  const event = toVisitEvent({ type: state, who: null, candidates, threshold, delayed }, { ...record, stranger });
  const isSighting = record.visit.faces < deciding.rules.minFaces;
  return { outcome, announcement: event && { event, isSighting, isNews: record.said.size === 0 } };
}

interface Ended {
  readonly state: VisitOutcome["state"];
  readonly who: VisitRecord["who"];
  /** null: it was decided before, or face by face. */
  readonly decision: VisitDecision | null;
}

function decideEnded({ profile, tally, visit, who, ignored }: VisitRecord, { galleries, rules }: Deciding): Ended {
  if (profile === "classic") return { state: toState(tally), who, decision: null };
  if (who) return { state: "recognized", who, decision: null };
  if (ignored) return { state: "ignored", who, decision: null };
  const decision = decideVisit(visit, galleries(visit.model), rules);
  const isShort = visit.faces < rules.minFaces;
  const state = isShort && decision.type === "recognized" ? "ambiguous" : decision.type;
  return { state, who: decision.who, decision };
}
