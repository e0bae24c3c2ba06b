import { capitalNumber, faces, figure, list, number, thresholdValue } from "./words.ts";

const now = (n: number | null): string => (n === null ? "" : ` (now ${number(n)})`);

/** The words of How strict. */
export const threshold = {
  value: thresholdValue,
  title: "How alike is alike enough?",
  hint: (n: number) =>
    `Drag the line. To its left a face gets a name, to its right it stays a stranger. All of this comes from the ${faces(n)} in your house.`,
  hintNone: "This is the line between a name and a stranger, tried on the faces in your house.",
  trying: "Trying every line on the faces in your house…",
  keep: (at: string) => `Keep ${at}`,
  use: (at: string) => `Use ${at}`,
  used: (at: string) => `In use: ${at}`,
  dock: "Use this line",
  plot: "Distances of your faces, with the line",
  slider: "The line",
  sliderText: (at: string, sum: string, before: string) => `${at}: ${sum} In use is ${before}.`,
  sliderSame: (at: string, sum: string) => `${at}, in use: ${sum}`,
  stricter: "Stricter",
  looser: "Looser",
  alike: "0 alike",
  different: "different 1",
  now: (at: string) => `now ${at}`,
  at: (at: string) => `At ${at}`,
  sum: (parts: readonly string[]) => `${list(parts)}.`,
  sumNames: (n: number, before: number | null) =>
    `${number(n)} unnamed ${n === 1 ? "face matches" : "faces match"} somebody you know${now(before)}`,
  sumGroups: (n: number, before: number | null) =>
    `${number(n)} ${n === 1 ? "group waits" : "groups wait"} for a name${now(before)}`,
  sumNone: "there is no unnamed face to try it on.",
  sumNobody: "nobody has a name yet.",
  sumTooMany: "there are too many faces to count groups.",
  stay: { names: (at: string) => `Names stay at ${at}.`, groups: (at: string) => `Groups stay at ${at}.` },
  scope: "Use it for",
  scopes: { both: "Names and groups", names: "Names", groups: "Groups" },
  key: {
    in: "gets a name",
    out: "stays a stranger",
    second: "second-nearest person",
    pair: (one: string, other: string, distance: string) => `${one} and ${other}, your closest pair, ${distance}`,
  },
  unnamed: {
    title: "Unnamed faces that get a name",
    label: (n: number, before: number) =>
      `Of 100 unnamed faces ${n} would get a name${n === before ? "" : `; now it is ${before}`}`,
    of: (n: number, all: number) => `${figure(n)} of ${figure(all)}`,
    text: (before: number | null) =>
      `unnamed faces.${before === null ? "" : ` Now it is ${figure(before)}.`} Some are more of people you know, the others strangers: the further right the line, the more of those.`,
    all: (n: number, all: number, before: number | null) =>
      `With the named ones, ${figure(n)} of ${faces(all)} are recognized${before === null ? "" : ` (now ${figure(before)})`}.`,
    none: "Every face in your house has a name. What comes by next is counted here.",
    unknown: (at: string) => `${at} lies beyond what is tried here, so there are no figures for it.`,
  },
  last: {
    title: "Last to get a name",
    hint: "The faces just left of the line. If one of them is somebody else, go stricter.",
    face: (who: string, distance: string) => `This face would be ${who}, ${distance} away`,
    none: "No unnamed face gets a name with this line.",
  },
  people: {
    title: "Your closest pair",
    pair: (within: boolean): string =>
      within
        ? "The line lies right of them: on a bad photo, one can be taken for the other."
        : "The line lies left of them: they are hard to confuse.",
    wrong: (n: number, all: number, before: number | null) =>
      `${n === 0 ? "None" : capitalNumber(n)} of ${faces(all)} with a name would get somebody else’s${now(before)}. They were learnt from; new faces will do worse.`,
    one: "You know only one person. With a second one there is a pair to compare.",
  },
  groups: {
    title: "Groups under Discover",
    text: (n: number, alone: number, before: number | null) =>
      `${n === 1 ? "group waits" : "groups wait"} for a name, and ${number(alone)} ${alone === 1 ? "face is" : "faces are"} alone.${before === null ? "" : ` Now it is ${figure(before)}.`}`,
    hint: "Too strict, and one person falls into several groups. Too loose, and different people share one.",
    none: "No face waits for a name, so there is nothing to group.",
    tooMany: (n: number) =>
      `With ${faces(n)} without a name, trying every line would take minutes. Use one, discover, and look at the groups themselves.`,
    later: "The groups under Discover are still those of the line before.",
  },
  advice: {
    title: "Does a lock or an alarm hang on a name? Then 0.50 or less.",
    text: "Measured with 20 people known: at 0.60, 41 % of strangers’ photos get somebody’s name; at 0.50, 1.5 %. The people themselves are recognized on 99.5 % and 98.8 % of theirs.",
    try: (at: string) => `Try ${at}`,
  },
  set: {
    title: "What is set",
    names: (at: string) => `A name under ${at}`,
    groups: (at: string) => `A group under ${at}`,
    counts: {
      names: "It counts from the next face on; names already given stay.",
      groups: "It counts the next time you discover.",
    },
    from: {
      default: (_normal: string, _variable: string) => "This is the default.",
      file: (normal: string, _variable: string) =>
        `From the configuration file; a line used here wins over it. The default is ${normal}.`,
      env: (normal: string, variable: string) =>
        `From the environment (${variable}); a line used here wins over it. The default is ${normal}.`,
      database: (normal: string, _variable: string) =>
        `Chosen here or in Home Assistant, which wins over the configuration. The default is ${normal}.`,
    },
    back: "As configured",
    backLabel: (what: string) => `${what}: use what is configured instead`,
  },
  done: {
    both: (at: string) => `Names and groups under ${at} from now on`,
    names: (at: string) => `A name under ${at} from now on`,
    groups: (at: string) => `A group under ${at} from now on`,
  },
  empty: {
    first: "No face has come by yet",
    firstHint: "Once faces are here, this page shows what every line would do to them.",
    nobody: "Nobody has a name yet",
    nobodyHint:
      "Name a group, and everybody else’s distance to that person stands here. For groups the line counts already.",
    named: "Everybody has a name",
    namedHint: "Faces without one stand here as they come by.",
    toDiscover: "Open Discover",
  },
  hints: [
    [["←", "→"], "by 0.01"],
    [["Page"], "by 0.05"],
    [["Enter"], "use"],
    [["Esc"], "keep"],
  ] as readonly (readonly [readonly string[], string])[],
};
