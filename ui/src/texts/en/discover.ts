import type { Alike } from "../../state/unknown/tightness.ts";
import { cameraWord } from "../camera.ts";
import { capital, capitalNumber, faces, figure, list, number, span } from "./words.ts";

const groups = (n: number): string => `${number(n)} ${n === 1 ? "group" : "groups"}`;

const ALIKE: Readonly<Record<Alike, string>> = { very: "Very alike", alike: "Alike", loosely: "Loosely alike" };

/** The words of Discover, of a group's page and of the ignored groups. */
export const discover = {
  title: (n: number) => `${capitalNumber(n)} ${n === 1 ? "group waits" : "groups wait"} for a name`,
  titleNone: "Everybody has a name",
  titleOnce: (n: number) => (n === 1 ? "One face was seen only once" : `${capitalNumber(n)} faces were seen only once`),
  looking: "Looking for people…",
  summary: (unnamed: number, cameras: number, since: string | null, looked: string | null) =>
    `${figure(unnamed)} unnamed ${unnamed === 1 ? "face" : "faces"}` +
    `${cameras > 0 ? ` from ${number(cameras)} ${cameras === 1 ? "camera" : "cameras"}` : ""}${since ? (since === "today" ? " today" : ` since ${since}`) : ""}.` +
    `${looked ? ` Last search: ${looked}.` : ""}`,
  comparing: (n: number, found: number) =>
    `Comparing ${faces(n)}.${found > 0 ? ` ${capitalNumber(found)} ${found === 1 ? "group" : "groups"} so far.` : ""}`,
  discover: "Discover",
  again: "Discover again",
  progress: "Discovering",
  known: {
    title: "More of people you know",
    summary: (n: number, f: number) => `${figure(n)} ${n === 1 ? "group" : "groups"}, ${faces(f)}`,
    show: "Show",
    hide: "Hide",
    hint: "These were compared as whole groups. Look through them, then confirm them together.",
    accept: (n: number) => (n === 1 ? "Confirm the sure one" : `Confirm all ${figure(n)} sure ones`),
    accepted: (n: number, f: number, who: readonly string[]) =>
      `${capital(groups(n))} confirmed, ${faces(f)}: ${who.length > 3 ? `${who.slice(0, 2).join(", ")} and ${number(who.length - 2)} more` : list(who)}`,
    acceptedNone: "None of them is sure any more.",
  },
  who: "Who is this?",
  whoHint: "Largest first. Tap a picture to see all faces.",
  once: "Seen only once",
  onceHint: (n: number, days: number) =>
    `${capitalNumber(n)} ${n === 1 ? "passer-by" : "passers-by"}.${days > 0 ? ` Unless named, deleted after ${number(days)} ${days === 1 ? "day" : "days"}.` : ""}`,
  ignoreAll: "Ignore all",
  ignored: (n: number) => `Ignored groups, ${faces(n)}`,
  fresh: (n: number) => `${figure(n)} new`,
  freshLabel: (n: number) => `Show ${number(n)} more ${n === 1 ? "group" : "groups"}`,
  card: {
    about: (cameras: readonly string[], first: string, last: string, most: number) =>
      `${cameras.length > most ? `${capitalNumber(cameras.length)} cameras` : capital(list(cameras.map(cameraWord)))}, ${span(first, last)}`,
    seeAll: (n: number) => `See all ${faces(n)}`,
    select: (n: number) => `Select ${faces(n)}`,
    ignore: "Ignore",
    looksLike: <T>(who: T): readonly (string | T)[] => ["Looks like ", who],
    couldBe: <T>(who: T): readonly (string | T)[] => ["Could this be ", who, "?"],
    compare: "Compare",
    compareLabel: (n: number, who: string) => `Compare ${faces(n)} with ${who}`,
    confirm: "Confirm",
    confirmLabel: (n: number, who: string) => `Confirm: ${faces(n)} of ${who}`,
    not: (who: string) => `Not ${who}`,
    notToast: (who: string) => `Remembered: not ${who}`,
    orElse: "Or someone else?",
    orAll: "Or one name for all",
    whoIs: "Who is this?",
    nameFor: (n: number) => `Name for ${n === 1 ? "this face" : `these ${figure(n)} faces`}`,
    more: (n: number) => `+${figure(n)}`,
  },
  split: {
    title: "These may be two people",
    make: "Make two groups",
    makeLabel: (n: number) => `Make two groups of these ${figure(n)} faces`,
    done: (sizes: readonly number[]) => `Now two groups: ${sizes.map(faces).join(" and ")}`,
  },
  done: {
    now: <T>(n: number, who: T): readonly (string | T)[] => [`${faces(n)} ${n === 1 ? "is" : "are"} now `, who],
    nowText: (n: number, who: string) => `${faces(n)} ${n === 1 ? "is" : "are"} now ${who}`,
    announced: (who: string) => `From now on, Home Assistant is notified about ${who}.`,
    claim: (n: number) =>
      n === 1 ? "Also add one older face that matches?" : `Also add ${figure(n)} older faces that match?`,
    claimTitle: (n: number, who: string) => `These ${faces(n)} would also be ${who}`,
    claimOrder: "Least similar first: if these are right, all of them are.",
    claimHint: (farthest: string, since: string | null) =>
      `The least similar is ${farthest} away${since ? `; the oldest is from ${since}` : ""}.`,
    claimN: (n: number) => `Add ${figure(n)}`,
    look: "See them first",
    no: "No",
    claimed: (n: number, who: string) => `${figure(n)} more ${n === 1 ? "face is" : "faces are"} now ${who}`,
    close: "Close",
  },
  select: {
    region: "Selected groups",
    summary: (n: number) => `${figure(n)} ${n === 1 ? "group" : "groups"}`,
    faces: (n: number) => `, ${faces(n)}`,
    name: (n: number) => (n === 1 ? "Who is this?" : n === 2 ? "One name for both" : `One name for all ${number(n)}`),
    nameLabel: (n: number) => (n === 1 ? "Name for this group" : `One name for all ${groups(n)}`),
    stop: "Stop selecting",
    partly: (done: number, all: number) =>
      `${capitalNumber(done)} of ${number(all)} groups were named. The others are unchanged.`,
  },
  ignoredToast: (n: number) => `Group ignored, ${faces(n)}`,
  ignoredToasts: (n: number) => `${capitalNumber(n)} groups ignored`,
  notAssigned: "Not assigned.",
  joined: (n: number) => `${capitalNumber(n)} ${n === 1 ? "face" : "faces"} joined this group in the meantime.`,
  left: (n: number) => `${capitalNumber(n)} ${n === 1 ? "face" : "faces"} left this group in the meantime.`,
  lookAgain: "Review again",
  empty: {
    first: "Waiting for the first face",
    firstHint: "Let a camera publish to this topic. Faces appear here as soon as they arrive.",
    copy: "Copy the topic",
    copied: "Copied.",
    never: (n: number) => `${capitalNumber(n)} ${n === 1 ? "face has" : "faces have"} been seen`,
    neverHint: "Discover groups the faces that look alike. You name each group once.",
    named: "Everybody seen so far has a name",
    namedHint: "New faces are compared with the people you know. Strangers will appear here.",
    nothing: "No two faces look alike yet",
    nothingHint: (n: number) =>
      n === 1
        ? "There is only one. Wait a few more days, or name it now."
        : `All ${number(n)} are different. Wait a few more days, or name a single one.`,
    failed: "The search failed",
    failedHint: (reason: string) => `${reason} No face and no name was changed.`,
    cancelled: "The search was cancelled. No face and no name was changed.",
    status: "Open Status",
    unreachable: "The groups could not be loaded",
  },
  group: {
    title: "Who is this?",
    looks: (who: string) => `Is this ${who}?`,
    back: "Groups",
    ignore: "Ignore",
    summary: (n: number, about: string, alike: Alike | null, out: number) =>
      `${faces(n)}, ${about.charAt(0).toLowerCase()}${about.slice(1)}.${alike ? ` ${ALIKE[alike]}.` : ""}${out > 0 ? ` ${capitalNumber(out)} ${out === 1 ? "is" : "are"} taken out.` : ""}`,
    chosen: "The chosen face in its frame",
    takeOut: "Take out",
    putBack: "Put back",
    out: "Out",
    outHint: "Stays unnamed and will be grouped again.",
    fits: "Part of this group",
    worst: "Fits worst",
    worstTitle: "Fits worst",
    fitsHint: "Take it out if it is someone else.",
    against: "This group compared with everybody you have named.",
    nobodyKnown: "Nobody has a name yet. This group can be the first.",
    noFrame: "The whole frame is not kept.",
    frameOf: (camera: string, time: string) => `Frame of ${camera}, ${time}`,
    dock: "Name this group",
    keep: (n: number) => `Assign ${figure(n)}`,
    gone: "This group is gone",
    goneHint: "It was named or ignored, or its faces were deleted.",
  },
  merge: {
    title: (n: number, who: string) => `This adds ${faces(n)} to ${who}`,
    compare: (who: string) => `You already know ${who}. Compare the two most similar faces:`,
    noPair: (who: string) => `You already know ${who}. There is no picture to compare with.`,
    samePerson: (who: string) => `Is this ${who}?`,
    samePersonHint: (n: number, who: string) =>
      `Perhaps. Compare the two most similar faces; yes adds ${faces(n)} to ${who}.`,
    yes: (who: string) => `Yes, ${who}`,
    unsure: "Not sure",
    here: "In this group",
    add: (n: number) => `Add ${faces(n)}`,
    least: (d: string) => `The least similar: ${d}`,
    leaveOut: "Leave out",
    joinTitle: (one: string, other: string) => `This merges ${one} with ${other}`,
    joinHint: (name: string, f: number, looks: number) =>
      `You already know ${name}. Together they have ${faces(f)} and ${number(looks)} ${looks === 1 ? "look" : "looks"}. They become one person, called ${name}.`,
    join: "Merge them",
  },
  ignoredPage: {
    title: (n: number) =>
      n === 0 ? "No group is ignored" : `${capitalNumber(n)} ${n === 1 ? "group is" : "groups are"} ignored`,
    hint: "Their faces stay out of Discover and are deleted like all unnamed faces.",
    none: "Groups that you ignore in Discover appear here, so that you can bring them back.",
    bring: "Bring back",
    brought: (n: number) => `Group is back, ${faces(n)}`,
  },
  hints: [
    [["←", "→"], "move"],
    [["Enter"], "name"],
    [["Space"], "select"],
    [["O"], "open"],
    [["I"], "ignore"],
    [["Z"], "undo"],
    [["?"], "all keys"],
  ] as readonly (readonly [readonly string[], string])[],
  groupHints: [
    [["←", "→"], "next face"],
    [["X"], "take out, put back"],
    [["N"], "name"],
    [["Esc"], "back"],
  ] as readonly (readonly [readonly string[], string])[],
};
