import { FacesError } from "../../../domain/errors.ts";
import type { Suggestion } from "../../../domain/recognition.ts";
import type { ClusterAsPerson, ClusterToAssign, StoreReads } from "../store.ts";
import type { ClusterSuggestions, JudgedOutline } from "./cluster-suggestions.ts";

/** Of the clusters that are accepted at once, so many of each person's largest are enrolled: a few looks are enough. */
const LOOKS = 3;

/** "Same person?", of a cluster and the person it may be. */
export interface Question {
  /** Names what was shown: once the cluster changes, it is another question. */
  readonly id: string;
  readonly cluster: JudgedOutline & { readonly suggestion: Suggestion };
}

export interface ReviewDeps {
  readonly store: Pick<StoreReads, "unsure">;
  readonly suggestions: Pick<ClusterSuggestions, "all">;
}

/** The open questions: sure ones first, then the largest; without those that were answered with "unsure". */
export async function readQuestions({ store, suggestions }: ReviewDeps): Promise<readonly Question[]> {
  const unsure = new Set((await store.unsure()).map(toQuestionId));
  const questions = (await suggestions.all()).flatMap((cluster): Question[] => {
    const { id, version, suggestion } = cluster;
    if (!suggestion) return [];
    const question = toQuestionId({ cluster: id, version, personId: suggestion.personId });
    return unsure.has(question) ? [] : [{ id: question, cluster: { ...cluster, suggestion } }];
  });
  return questions.sort(
    ({ cluster: a }, { cluster: b }) =>
      Number(b.suggestion.level === "sure") - Number(a.suggestion.level === "sure") ||
      b.size - a.size ||
      (a.id < b.id ? -1 : 1),
  );
}

/** The clusters of sure questions, in the given order, as they are accepted at once. */
export function toAccepted(questions: readonly Question[]): ClusterToAssign[] {
  const looks = new Map<string, number>();
  return questions
    .filter(({ cluster }) => cluster.suggestion.level === "sure")
    .map(({ cluster: { id, version, suggestion } }) => {
      const before = looks.get(suggestion.personId) ?? 0;
      looks.set(suggestion.personId, before + 1);
      return { cluster: id, version, personId: suggestion.personId, enrol: before < LOOKS };
    });
}

const toQuestionId = ({ cluster, version, personId }: ClusterAsPerson): string => `${cluster}.${version}.${personId}`;

/** @throws `CLUSTER_NOT_FOUND` for what no question is called */
export function readQuestionId(id: string): ClusterAsPerson {
  const [cluster, version, personId, ...more] = id.split(".");
  if (!cluster || !version || !personId || more.length > 0) {
    throw new FacesError("CLUSTER_NOT_FOUND", `there is no question "${id}"`);
  }
  return { cluster, version, personId };
}
