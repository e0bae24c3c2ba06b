import { cameraWord } from "../camera.ts";
import { capitalNumber, faces, figure, list, number, span } from "./words.ts";

const cap = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const groups = (n: number): string => `${number(n)} ${n === 1 ? "group" : "groups"}`;

/** The words of Discover, of a group's page and of the ignored groups. */
export const discover = {
  title: (n: number) => `${capitalNumber(n)} ${n === 1 ? "group waits" : "groups wait"} for a name`,
  titleNone: "Everybody has a name",
  titleOnce: (n: number) => (n === 1 ? "One face was seen only once" : `${capitalNumber(n)} faces were seen only once`),
  looking: "Looking for people…",
  summary: (unnamed: number, cameras: number, since: string | null, looked: string | null) =>
    `${figure(unnamed)} unnamed ${unnamed === 1 ? "face" : "faces"}` +
    `${cameras > 0 ? ` from ${number(cameras)} ${cameras === 1 ? "camera" : "cameras"}` : ""}${since ? (since === "today" ? " today" : ` since ${since}`) : ""}.` +
    `${looked ? ` Last looked ${looked}.` : ""}`,
  comparing: (n: number, found: number) =>
    `Comparing ${faces(n)}.${found > 0 ? ` ${capitalNumber(found)} ${found === 1 ? "group" : "groups"} so far.` : ""}`,
  discover: "Discover",
  again: "Discover again",
  progress: "Discovering",
  known: "More of people you know?",
  who: "Who is this?",
  whoHint: "Largest first. Tap a picture to see every face.",
  once: "Seen only once",
  onceHint: (n: number, days: number) =>
    `${capitalNumber(n)} ${n === 1 ? "passer-by" : "passers-by"}.${days > 0 ? ` Left alone, ${n === 1 ? "it is" : "they are"} deleted after ${number(days)} ${days === 1 ? "day" : "days"}.` : ""}`,
  ignoreAll: "Ignore all",
  ignored: (n: number) => `Ignored groups, ${faces(n)}`,
  fresh: (n: number) => `${figure(n)} new`,
  freshLabel: (n: number) => `Show ${groups(n)} more`,
  card: {
    about: (cameras: readonly string[], first: string, last: string, most: number) =>
      `${cameras.length > most ? `${capitalNumber(cameras.length)} cameras` : cap(list(cameras.map(cameraWord)))}, ${span(first, last)}`,
    seeAll: (n: number) => `See all ${faces(n)}`,
    select: (n: number) => `Select ${faces(n)}`,
    ignore: "Ignore",
    looksLike: <T>(who: T): readonly (string | T)[] => ["Looks like ", who],
    confirm: "Confirm",
    confirmLabel: (n: number, who: string) => `Confirm: ${faces(n)} of ${who}`,
    not: (who: string) => `Not ${who}`,
    orElse: "Or somebody else?",
    whoIs: "Who is this?",
    nameFor: (n: number) => `Name for ${n === 1 ? "this face" : `these ${figure(n)} faces`}`,
    more: (n: number) => `+${figure(n)}`,
  },
  done: {
    now: <T>(n: number, who: T): readonly (string | T)[] => [`${faces(n)} ${n === 1 ? "is" : "are"} now `, who],
    nowText: (n: number, who: string) => `${faces(n)} ${n === 1 ? "is" : "are"} now ${who}`,
    announced: (who: string) => `Home Assistant will hear of ${who} from now on.`,
    claim: (n: number) =>
      n === 1 ? "Also claim one older face that matches?" : `Also claim ${figure(n)} older faces that match?`,
    claimTitle: (n: number, who: string) => `These ${faces(n)} would also be ${who}`,
    claimOrder: "Farthest first: if those are right, all of them are.",
    claimHint: (farthest: string, since: string | null) =>
      `Farthest of them ${farthest} away${since ? `, since ${since}` : ""}.`,
    claimN: (n: number) => `Claim ${figure(n)}`,
    look: "Look first",
    no: "No",
    claimed: (n: number, who: string) => `${faces(n)} more ${n === 1 ? "is" : "are"} now ${who}`,
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
      `${capitalNumber(done)} of ${number(all)} groups were named. The others stay as they were.`,
  },
  ignoredToast: (n: number) => `Group ignored, ${faces(n)}`,
  ignoredToasts: (n: number) => `${capitalNumber(n)} groups ignored`,
  notAssigned: "Not assigned.",
  joined: (n: number) => `${capitalNumber(n)} ${n === 1 ? "face" : "faces"} joined this group while you looked.`,
  left: (n: number) => `${capitalNumber(n)} ${n === 1 ? "face" : "faces"} left this group while you looked.`,
  lookAgain: "Look again",
  empty: {
    first: "Waiting for the first face",
    firstHint: "Let a camera publish to this topic. Faces appear here the moment they arrive.",
    copy: "Copy the topic",
    copied: "Copied.",
    never: (n: number) => `${capitalNumber(n)} ${n === 1 ? "face has" : "faces have"} come by`,
    neverHint: "Discover puts those that belong together into groups. You name a group once.",
    named: "Everybody who came by has a name",
    namedHint: "New faces are compared with the people you know. Strangers will wait here.",
    nothing: "No two faces look alike yet",
    nothingHint: (n: number) =>
      n === 1
        ? "There is only one. Wait for a few more days, or name it alone."
        : `All ${number(n)} differ from each other. Wait for a few more days, or name one of them alone.`,
    failed: "Looking did not come to its end",
    failedHint: (reason: string) => `${reason} No face and no name was changed.`,
    cancelled: "Looking was stopped. No face and no name was changed.",
    status: "Open Status",
    unreachable: "The groups could not be loaded",
  },
  group: {
    title: "Who is this?",
    looks: (who: string) => `Is this ${who}?`,
    back: "Groups",
    ignore: "Ignore",
    summary: (n: number, about: string, out: number) =>
      `${faces(n)}, ${about.charAt(0).toLowerCase()}${about.slice(1)}.${out > 0 ? ` ${capitalNumber(out)} ${out === 1 ? "is" : "are"} taken out.` : ""}`,
    chosen: "The chosen face in its frame",
    takeOut: "Take out",
    putBack: "Put back",
    out: "Out",
    outHint: "Stays without a name and is grouped anew.",
    fits: "Part of this group",
    fitsHint: "Take it out if it is somebody else.",
    against: "This group against everybody you have named.",
    nobodyKnown: "Nobody has a name yet. This group can be the first.",
    noFrame: "The whole frame is not kept.",
    frameOf: (camera: string, time: string) => `Frame of ${camera}, ${time}`,
    dock: "Name this group",
    keep: (n: number) => `Assign ${figure(n)}`,
    gone: "This group is gone",
    goneHint: "Somebody named or ignored it, or its faces were deleted.",
  },
  merge: {
    title: (n: number, who: string) => `This adds ${faces(n)} to ${who}`,
    compare: (who: string) => `You know ${who} already. Compare the closest two:`,
    noPair: (who: string) => `You know ${who} already. No picture is kept to compare with.`,
    here: "In this group",
    add: (n: number) => `Add ${faces(n)}`,
    least: (d: string) => `The least alike of them: ${d}`,
    leaveOut: "Leave out",
    joinTitle: (one: string, other: string) => `This joins ${one} with ${other}`,
    joinHint: (name: string, f: number, looks: number) =>
      `${name} is known already. Together they have ${faces(f)} and ${number(looks)} ${looks === 1 ? "look" : "looks"}. From then on they are one person, called ${name}.`,
    join: "Join them",
  },
  ignoredPage: {
    title: (n: number) =>
      n === 0 ? "No group is ignored" : `${capitalNumber(n)} ${n === 1 ? "group is" : "groups are"} ignored`,
    hint: "Their faces stay out of Discover and are deleted like all unnamed faces.",
    none: "Groups that you ignore in Discover are kept here, so that they can come back.",
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
    [["←", "→"], "look at the next face"],
    [["X"], "take out, put back"],
    [["N"], "name"],
    [["Esc"], "back"],
  ] as readonly (readonly [readonly string[], string])[],
};
