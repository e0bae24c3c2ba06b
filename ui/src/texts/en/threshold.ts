import { capitalNumber, faces, figure, list, number, thresholdValue } from "./words.ts";

const ORDINALS = new Intl.PluralRules("en", { type: "ordinal" });
const ENDINGS: Readonly<Record<string, string>> = { one: "st", two: "nd", few: "rd" };
const ordinal = (n: number): string =>
  n === 2 ? "second" : n === 3 ? "third" : `${n}${ENDINGS[ORDINALS.select(n)] ?? "th"}`;

const now = (n: number | null): string => (n === null ? "" : ` (now ${number(n)})`);

/** The words of How strict. */
export const threshold = {
  value: thresholdValue,
  title: "How similar is similar enough?",
  hint: (n: number) =>
    `Drag the line. To its left a face gets a name, to its right it stays a stranger. All figures come from the ${faces(n)} stored here.`,
  hintNone: "This is the line between a name and a stranger, tried on the stored faces.",
  trying: "Trying every line on the stored faces…",
  keep: (at: string) => `Keep ${at}`,
  use: (at: string) => `Use ${at}`,
  used: (at: string) => `In use: ${at}`,
  dock: "Use this line",
  plot: "Distances of your faces, with the line",
  slider: "The line",
  sliderText: (at: string, sum: string, before: string) => `${at}: ${sum} ${before} is in use.`,
  sliderSame: (at: string, sum: string) => `${at}, in use: ${sum}`,
  stricter: "Stricter",
  looser: "Looser",
  alike: "0 alike",
  different: "different 1",
  now: (at: string) => `now ${at}`,
  at: (at: string) => `At ${at}`,
  sum: (parts: readonly string[]) => `${list(parts)}.`,
  sumNames: (n: number, before: number | null) =>
    `${number(n)} unnamed ${n === 1 ? "face matches" : "faces match"} someone you know${now(before)}`,
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
    pair: (one: string, other: string, distance: string) => `${one} and ${other}, your most similar pair, ${distance}`,
  },
  unnamed: {
    title: "Unnamed faces that get a name",
    label: (n: number, before: number) =>
      `Of 100 unnamed faces ${n} would get a name${n === before ? "" : `; now it is ${before}`}`,
    of: (n: number, all: number) => `${figure(n)} of ${figure(all)}`,
    text: (before: number | null) =>
      `unnamed faces.${before === null ? "" : ` Now it is ${figure(before)}.`} Some are people you know, the others strangers: the further right the line, the more strangers.`,
    all: (n: number, all: number, before: number | null) =>
      `With the named ones, ${figure(n)} of ${faces(all)} are recognized${before === null ? "" : ` (now ${figure(before)})`}.`,
    none: "Every stored face has a name. New ones are counted here.",
    unknown: (at: string) => `${at} is outside the range tried here, so there are no figures for it.`,
  },
  last: {
    title: "Only just named",
    hint: "The faces just left of the line. If one of them is someone else, go stricter.",
    face: (who: string, distance: string) => `This face would be ${who}, ${distance} away`,
    none: "No unnamed face gets a name with this line.",
  },
  people: {
    title: "Your most similar pair",
    pair: (within: boolean): string =>
      within
        ? "The line lies right of them: on a bad photo, one can be taken for the other."
        : "The line lies left of them: they are hard to confuse.",
    wrong: (n: number, all: number, before: number | null) =>
      `${n === 0 ? "None" : capitalNumber(n)} of ${faces(all)} with a name would get another person’s${now(before)}. These faces were used for learning; new ones will do worse.`,
    one: "You know only one person. With a second one there is a pair to compare.",
  },
  groups: {
    title: "Groups under Discover",
    text: (n: number, alone: number, before: number | null) =>
      `${n === 1 ? "group waits" : "groups wait"} for a name, and ${number(alone)} ${alone === 1 ? "face is" : "faces are"} alone.${before === null ? "" : ` Now it is ${figure(before)}.`}`,
    hint: "Too strict, and one person falls into several groups. Too loose, and different people share one.",
    none: "No face waits for a name, so there is nothing to group.",
    tooMany: (n: number) =>
      `With ${faces(n)} without a name, trying every line would take minutes. Use one, discover, and check the groups.`,
    later: "The groups under Discover still use the previous line.",
  },
  advice: {
    title: "Does a lock or an alarm depend on a name? Use 0.50 or less.",
    text: "Measured with 20 known people: 41 % of strangers’ photos get a name at 0.60, 1.5 % at 0.50. The people themselves are recognized in 99.5 % and 98.8 % of theirs.",
    try: (at: string) => `Try ${at}`,
  },
  profile: {
    title: "How a name is decided",
    hint: "Careful is for what must not go wrong, a lock or an alarm.",
    classic: {
      name: "Classic",
      text: (_faces: number) => "Every face by itself, at once. One look at a stranger can be enough for a wrong name.",
    },
    careful: {
      name: "Careful",
      text: (n: number) =>
        n === 1
          ? "By visits: the faces of one visit are compared together, from the first one on. One event for each visit."
          : `By visits: the faces of one visit are compared together, and a name is given from the ${ordinal(n)} one on. One event for each visit.`,
    },
    recommended: "recommended",
    figures: (named: number, strangers: number, found: number, known: number) =>
      `With your own people: ${figure(named)} of ${figure(strangers)} ${strangers === 1 ? "look" : "looks"} at strangers would get a name, ${figure(found)} of ${figure(known)} at known people theirs.`,
    done: (name: string) => `${name} from now on`,
  },
  humps: {
    title: "Your people, known and as strangers",
    label: (missed: number, letIn: number) =>
      `With this line, ${missed} of 100 looks at known people would be missed, and ${letIn} of 100 looks at strangers would get a name`,
    known: "Known: a named face and its person",
    strangers: "Strangers: the same people, were they not known",
    text: "Single faces. The line should stand between the two; where they overlap, a single look cannot decide.",
  },
  set: {
    title: "Current settings",
    names: (at: string) => `A name below ${at}`,
    groups: (at: string) => `A group below ${at}`,
    counts: {
      names: "Applies from the next face on; names already given stay.",
      groups: "Applies the next time you discover.",
    },
    from: {
      default: (_normal: string, _variable: string) => "This is the default.",
      file: (normal: string, _variable: string) =>
        `From the configuration file; a line used here overrides it. The default is ${normal}.`,
      env: (normal: string, variable: string) =>
        `From the environment (${variable}); a line used here overrides it. The default is ${normal}.`,
      database: (normal: string, _variable: string) =>
        `Chosen here or in Home Assistant, overriding the configuration. The default is ${normal}.`,
    },
    back: "As configured",
    backLabel: (what: string) => `${what}: use the configured value instead`,
  },
  done: {
    both: (at: string) => `Names and groups below ${at} from now on`,
    names: (at: string) => `A name below ${at} from now on`,
    groups: (at: string) => `A group below ${at} from now on`,
  },
  empty: {
    first: "No face has been seen yet",
    firstHint: "Once there are faces, this page shows what each line would do with them.",
    nobody: "Nobody has a name yet",
    nobodyHint: "Name a group to see everybody else’s distance to that person. For groups the line already applies.",
    named: "Everybody has a name",
    namedHint: "New faces without a name will appear here.",
    toDiscover: "Open Discover",
  },
  hints: [
    [["←", "→"], "by 0.01"],
    [["Page"], "by 0.05"],
    [["Enter"], "use"],
    [["Esc"], "keep"],
  ] as readonly (readonly [readonly string[], string])[],
};
