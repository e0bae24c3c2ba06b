import type { ProblemJson, StatusJson } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import { cameraTitle, cameraWord } from "../../texts/camera.ts";

/** A problem in people's words. */
export interface ProblemWords {
  /** What it means, with a time. */
  readonly title: string;
  readonly why: string;
}

/** @param broker Its address. */
export function toProblemWords(app: App, problem: ProblemJson, broker: string): ProblemWords {
  const words = app.t.problem;
  const when = sinceWhen(app, new Date(problem.since));
  const subject = toSubject(app, problem);
  switch (problem.code) {
    case "BROKER_UNREACHABLE":
    case "BROKER_REFUSED_LOGIN":
    case "BROKER_ENDS_CONNECTIONS": {
      const { title, why } = words[problem.code];
      return { title: title({ when }), why: why({ broker: hostOf(broker) }) };
    }
    case "BROKER_REFUSED_TOPICS":
      return { title: words[problem.code].title({ when }), why: words[problem.code].why({ subject }) };
    case "FACES_NOT_STORED":
    case "PICTURES_NOT_READ":
    case "PICTURES_NOT_KEPT":
      return { title: words[problem.code].title({ when }), why: words[problem.code].why };
    case "SOURCE_FAILED":
      return { title: words[problem.code].title({ subject, when }), why: words[problem.code].why };
    case "MESSAGES_REFUSED":
    case "FACES_LATE":
      return { title: words[problem.code].title({ subject }), why: words[problem.code].why };
    default:
      return words[problem.code];
  }
}

/** Whether nothing comes from the broker. */
export const isBrokerProblem = ({ code }: ProblemJson): boolean => code.startsWith("BROKER_");

/** "10:32", "yesterday at 10:32". */
export function sinceWhen(app: App, date: Date): string {
  const now = app.now.get();
  return date.toDateString() === now.toDateString() ? app.t.when.time(date) : app.t.when.dayAndTime(date, now);
}

/** What it is about, in people's words: no topic, no source's id. */
function toSubject(app: App, { code, subject }: ProblemJson): string {
  const about = subject ?? "";
  if (code === "MESSAGES_REFUSED") return cameraTitle(about.split("/").at(-1) ?? about);
  if (code === "SOURCE_FAILED") return cameraTitle(about.replace(/^\w+:/, ""));
  return code === "FACES_LATE" ? app.t.format.list(about.split(", ").map(cameraWord)) : about;
}

/** What the broker said, and all that is open, to be copied. */
export function toDetails({ version, node, broker, problems }: StatusJson): string {
  const { description, state, failures, last_error: error, next_try: next } = broker;
  return [
    `faces2mqtt ${version}, Node ${node}`,
    `broker ${description}: ${state}, ${failures} failed attempts, last error: ${error ?? "none"}, next try: ${next ?? "none"}`,
    ...problems.map(({ code, since, sentence }) => `${since} ${code}: ${sentence}`),
  ].join("\n");
}

function hostOf(broker: string): string {
  try {
    return new URL(broker).hostname;
  } catch {
    return broker;
  }
}
