import type { AcceptedAnswer, Answered, ReviewAnswer } from "../../../../src/wire/out/schemas.ts";
import type { Answer, ReviewApi } from "../../api/review.ts";
import { createObservable, type Observable } from "../observable.ts";

/** "Is this group this person?" */
export type Question = ReviewAnswer["questions"][number];

/** An answer of this page, or all sure ones accepted at once; `result` is null until the daemon has answered. */
export type Given =
  | { readonly kind: "one"; readonly question: Question; readonly answer: Answer; readonly result: Answered | null }
  | { readonly kind: "sure"; readonly questions: readonly Question[]; readonly result: AcceptedAnswer | null };

/** The open questions and what was answered since the page was opened. */
export interface ReviewState {
  readonly phase: "loading" | "ready" | "failed";
  /** Why the questions could not be loaded. */
  readonly error: unknown;
  /** Not answered yet: the first is asked. */
  readonly questions: readonly Question[];
  /** All that the daemon has open, those beyond the loaded ones too. */
  readonly open: number;
  /** What was answered, oldest first. */
  readonly given: readonly Given[];
  /** Why the last answer or undo did not hold; its question is asked again. */
  readonly refused: unknown;
}

/** The questions of the review and their answers. */
export interface Review {
  readonly state: Observable<ReviewState>;
  load(): Promise<void>;
  /** Optimistic: the next question is asked at once; where the daemon refuses, this one comes back. */
  answer(answer: Answer): Promise<void>;
  /** Accepts these sure ones as one change; where the daemon refuses, they come back. */
  acceptSure(questions: readonly Question[]): Promise<void>;
  /** Takes back the last of `given`, and asks its question again. */
  undo(): Promise<void>;
}

const PAGE = 200;

/** @param undoChange Undoes a change of people by its id. */
export function createReview(api: ReviewApi, undoChange: (change: number) => Promise<unknown>): Review {
  const state = createObservable<ReviewState>({
    phase: "loading",
    error: null,
    questions: [],
    open: 0,
    given: [],
    refused: null,
  });
  /** By the entry of `given` as it was made: what the daemon answers to it. */
  const sent = new Map<Given, Promise<Answered | AcceptedAnswer>>();

  const change = (part: Partial<ReviewState>): void => state.set({ ...state.get(), ...part });

  /** Puts questions back to the front. */
  function askAgain(questions: readonly Question[], given: readonly Given[], refused: unknown): void {
    const { questions: rest, open } = state.get();
    change({ questions: [...questions, ...rest], open: open + questions.length, given, refused });
  }

  async function load(first?: string): Promise<void> {
    const found: Question[] = [];
    let page: ReviewAnswer | null = null;
    try {
      // All sure ones, so that they can be accepted at once; of the others some are enough.
      do {
        page = await api.list({ limit: PAGE, cursor: page?.next_cursor ?? undefined });
        found.push(...page.questions);
      } while (page.next_cursor !== null && page.questions.at(-1)?.level === "sure");
    } catch (error) {
      change({ phase: "failed", error });
      return;
    }
    const underWay = new Set([...sent.keys()].flatMap(questionsOf).map(({ id }) => id));
    const rest = found.filter(({ id }) => !underWay.has(id));
    const questions = rest.toSorted((a, b) => Number(b.cluster.id === first) - Number(a.cluster.id === first));
    change({ phase: "ready", error: null, questions, open: page.open - (found.length - rest.length) });
  }

  async function send(given: Given, ask: () => Promise<Answered | AcceptedAnswer>): Promise<void> {
    const gone = new Set(questionsOf(given));
    const { questions, open, given: before } = state.get();
    change({
      questions: questions.filter((one) => !gone.has(one)),
      open: open - gone.size,
      given: [...before, given],
      refused: null,
    });
    const asked = ask();
    sent.set(given, asked);
    try {
      const result = await asked;
      sent.delete(given);
      // An undo in the meantime has removed it.
      change({ given: state.get().given.map((one) => (one === given ? ({ ...one, result } as Given) : one)) });
      if (state.get().questions.length === 0) await load();
    } catch (error) {
      sent.delete(given);
      const { given: now } = state.get();
      if (!now.includes(given)) return;
      askAgain(
        questionsOf(given),
        now.filter((one) => one !== given),
        error,
      );
      // The question may be another one by now: the group has changed, or is gone.
      await load(questionsOf(given)[0]?.cluster.id);
    }
  }

  return {
    state,
    load: () => load(),
    async answer(answer) {
      const [question] = state.get().questions;
      if (!question) return;
      await send({ kind: "one", question, answer, result: null }, () => api.answer(question.id, answer));
    },
    async acceptSure(questions) {
      if (questions.length === 0) return;
      await send({ kind: "sure", questions, result: null }, () => api.acceptSure(questions.map(({ id }) => id)));
    },
    async undo() {
      const { given } = state.get();
      const last = given.at(-1);
      if (!last) return;
      askAgain(questionsOf(last), given.slice(0, -1), null);
      try {
        // One that is refused has nothing to undo.
        const result = last.result ?? (await sent.get(last)?.catch(() => null));
        if (result && result.change !== null) await undoChange(result.change);
        else if (last.kind === "one" && last.answer === "unsure") await api.answer(last.question.id, "open");
      } catch (error) {
        change({ refused: error });
      }
      await load(questionsOf(last)[0]?.cluster.id);
    },
  };
}

/** What an answer was given to. */
export const questionsOf = (given: Given): readonly Question[] =>
  given.kind === "one" ? [given.question] : given.questions;

/** What all answers came to. */
export interface Outcome {
  /** Photos that have a name now, most first. */
  readonly named: readonly { readonly name: string; readonly faces: number }[];
  readonly faces: number;
  /** Groups that are not whom they looked like. */
  readonly unknown: number;
  readonly unsure: number;
}

/** @param given Those that the daemon has answered count. */
export function toOutcome(given: readonly Given[]): Outcome {
  const named = new Map<string, { name: string; faces: number }>();
  const add = (id: string, name: string, faces: number) =>
    named.set(id, { name, faces: faces + (named.get(id)?.faces ?? 0) });
  for (const one of given) {
    if (one.kind === "sure") for (const who of one.result?.people ?? []) add(who.person_id, who.person, who.faces);
    else if (one.answer === "yes" && one.result) add(one.result.person_id, one.result.person, one.result.faces);
  }
  const answers = (answer: Answer) => given.filter((one) => one.kind === "one" && one.answer === answer).length;
  const people = [...named.values()].sort((a, b) => b.faces - a.faces);
  return {
    named: people,
    faces: people.reduce((sum, { faces }) => sum + faces, 0),
    unknown: answers("no"),
    unsure: answers("unsure"),
  };
}
