import { Type } from "typebox";
import {
  AcceptedAnswerSchema,
  AnsweredSchema,
  ReviewAnswerSchema,
  type ReviewQuestion,
  toAcceptedAnswer,
  toReviewAnswer,
} from "../wire/out/review.ts";
import { pageInput } from "./declare/inputs.ts";
import { defineOperation } from "./declare/operation.ts";
import { cutPage, toPage } from "./declare/pages.ts";
import { type Question, readQuestionId, readQuestions, toAccepted } from "./reads/clusters/review.ts";
import type { System } from "./system/system.ts";

const path = "/api/review";

/** "Same person?": the clusters that look like a known person, one question each. */
export const reviewOperations = {
  review: defineOperation({
    tag: "clusters",
    summary: "Open questions whether a cluster is a known person, sure ones first",
    access: "admin",
    http: { method: "GET", path },
    slow: true,
    input: pageInput,
    answer: ReviewAnswerSchema,
    async run(input, system) {
      const questions = await readQuestions(system);
      const { items, nextCursor } = cutPage(questions, toPage(input));
      const shown = (await Promise.all(items.map((question) => show(question, system)))).flat();
      const sure = questions.filter(({ cluster }) => cluster.suggestion.level === "sure").length;
      return toReviewAnswer({ items: shown, nextCursor }, { open: questions.length, sure });
    },
  }),

  answerReview: defineOperation({
    tag: "clusters",
    summary: "Answer a question",
    description:
      "`yes` assigns the cluster; `no` is kept: it is not this person; `unsure` is not asked again until the cluster changes; `open` takes back `unsure`. " +
      "409 `CLUSTER_CHANGED` when it is not what was shown.",
    access: "admin",
    http: { method: "POST", path: `${path}/:id`, at: { question: "path.id" } },
    input: { question: Type.String(), answer: Type.Enum(["yes", "no", "unsure", "open"]) },
    answer: AnsweredSchema,
    async run({ question, answer }, { people, rules }) {
      const shown = readQuestionId(question);
      const { cluster, version, personId } = shown;
      const { name } = await people.find(personId);
      let faces = 0;
      let change: number | null = null;
      if (answer === "yes") {
        const allowSameFrame = !rules.cannotLink;
        const outcome = await people.assign({ cluster, version, name, excludeFaces: [], allowSameFrame });
        faces = outcome.faceIds.length;
        change = outcome.change;
      } else if (answer === "no") ({ change } = await people.reject(cluster, version, personId));
      else if (answer === "unsure") await people.saveUnsure(shown);
      else await people.dropUnsure(shown);
      return { answer, cluster, person: name, person_id: personId, faces, change };
    },
  }),

  acceptSure: defineOperation({
    tag: "clusters",
    summary: "Answer all sure questions with yes, as one change",
    description:
      "Without the questions that are not sure, or not open any more. Of each person's clusters the largest few become looks.",
    access: "admin",
    http: { method: "POST", path: `${path}/accept-sure` },
    slow: true,
    input: {
      questions: Type.Optional(Type.Array(Type.String(), { description: "only these: those that were shown" })),
    },
    answer: AcceptedAnswerSchema,
    async run({ questions: wanted }, system) {
      const only = wanted && new Set(wanted);
      const open = (await readQuestions(system)).filter(({ id }) => !only || only.has(id));
      const accepted = toAccepted(open);
      if (accepted.length === 0) return toAcceptedAnswer([], [], null);
      const { clusters, people, change } = await system.people.assignAll(accepted, !system.rules.cannotLink);
      return toAcceptedAnswer(clusters, people, change);
    },
  }),
};

/** Nothing when the cluster or the person went just now. */
async function show({ id, cluster }: Question, { store, suggestions }: System): Promise<ReviewQuestion[]> {
  const { suggestion } = cluster;
  const [found, person] = await Promise.all([store.cluster(cluster.id), store.person(suggestion.personId)]);
  if (!found || !person) return [];
  return [{ id, level: suggestion.level, cluster: await suggestions.of(found), person }];
}
