import { cameraTitle, cameraWord } from "../camera.ts";
import { capitalNumber, faces, number } from "./words.ts";

const visits = (n: number): string => (n === 1 ? "visit" : "visits");
const span = (seconds: number): string =>
  seconds < 60 ? `${number(seconds)} ${seconds === 1 ? "second" : "seconds"}` : `${Math.round(seconds / 60)} min`;

/** The words of Activity. */
export const activity = {
  title: (n: number, strangers: number, more: boolean) =>
    n === 0
      ? "Nobody was seen today"
      : `${more ? `More than ${number(n)}` : capitalNumber(n)} ${visits(n)} today` +
        `${strangers > 0 ? (strangers === n ? (n === 1 ? ", of a stranger" : ", all of strangers") : `, ${number(strangers)} of strangers`) : ""}`,
  titleOf: (n: number, more: boolean) =>
    n === 0 ? "None of these today" : `${more ? `More than ${number(n)}` : capitalNumber(n)} of these today`,
  titleLoading: "Activity",
  summary: "Each row is one visit: one person at one camera. Open it for the details, or to put it right.",
  filter: "Show only",
  everything: "Everything",
  kind: { recognized: "People", unknown: "Strangers", ambiguous: "Unsure" },
  stranger: "Stranger",
  about: (camera: string, n: number, seconds: number, isLive: boolean) =>
    `${cameraTitle(camera)}, ${faces(n)}${isLive ? " so far" : n > 1 && seconds > 0 ? ` in ${span(seconds)}` : ""}`,
  strangerNo: (n: number) => `Stranger ${n}`,
  strangerVisits: (n: number, cameras: number, since: string) =>
    `${number(n)} ${visits(n)}${cameras > 1 ? `, ${number(cameras)} cameras` : ""}, since ${since}`,
  unclear: "Not clear who",
  corrected: "corrected",
  isNow: (name: string) => `This was ${name}`,
  isNot: (name: string) => `This was not ${name}`,
  ignored: "Ignored from now on",
  who: { title: "Who was it?" },
  tooClose: "too close to call, no name given",
  heard: (name: string, camera: string) => `${name}, ${cameraWord(camera)}`,
  freshLabel: (n: number) => `Show ${number(n)} new ${visits(n)}`,
  why: {
    nobodyKnown: "There were no named people to compare with.",
    seen: "Seen",
    nearest: "Nearest",
    size: (px: number) => `${px} px wide`,
    sizeSmall: (px: number) => `small (${px} px wide)`,
    sizeUnknown: "size unknown",
    not: (name: string) => `Not ${name}`,
    itIs: "It is…",
    name: "Name…",
    ignore: "Ignore",
    open: (name: string) => `Open ${name}`,
    whoIs: "Who is this?",
    frame: "Whole picture",
  },
  empty: {
    nobody: "Nothing has been seen yet",
    nobodyHint: "Faces appear here as soon as a camera sends them.",
    none: "Nothing found",
    noneHint: "No visit matches this filter.",
    all: "Show everything",
    unreachable: "Activity could not be loaded",
  },
  hints: [
    [["↑", "↓"], "move"],
    [["Enter"], "why"],
    [["F"], "filter"],
    [["Esc"], "close"],
  ] as readonly (readonly [readonly string[], string])[],
};
