import { pictureWords } from "./pictures.ts";
import { capitalNumber, faces, number } from "./words.ts";

const days = (n: number): string => `${number(n)} ${n === 1 ? "day" : "days"}`;

/** The words of Status. */
export const status = {
  well: "All is well",
  problems: (n: number) => (n === 1 ? "One thing needs attention" : `${capitalNumber(n)} things need attention`),
  today: (n: number, cameras: number): string =>
    cameras === 0
      ? "No camera has sent a face yet."
      : `${n === 0 ? "No face" : faces(n)} in the last 24 hours, from ${number(cameras)} ${cameras === 1 ? "camera" : "cameras"}.`,
  problem: "Needs attention.",
  brokerAway: "The broker cannot be reached.",
  brokerAwayHint: (where: string) =>
    `No face comes in and no event goes out until ${where} answers. faces2mqtt keeps trying.`,

  cameras: "Faces by camera",
  camerasHint: "The last 24 hours.",
  noCameras: "No camera yet",
  noCamerasHint: "Let your camera software publish faces to this topic, or turn on pictures (snapshots.enabled):",
  cameraSeen: (n: number, ago: string | null): string => {
    const count = n === 0 ? "None" : faces(n);
    return ago === null ? count : `${count}, last one ${/^\d\d:/.test(ago) ? `at ${ago}` : ago}`;
  },

  clock: "Automatic",
  clockHint: "What happens on its own.",
  change: "Change",
  changeSchedule: "Change when to look for new groups",
  changeRetention: "Change how long unnamed faces are kept",
  next: (when: string) => `Looks for new groups ${/^to/.test(when) ? when : `on ${when}`}`,
  noSchedule: "Looks for new groups only when asked",
  lastTook: (seconds: string, n: number) => `The last search took ${seconds} seconds for ${faces(n)}.`,
  lastFailed: (why: string) => `The last search failed: ${why}`,
  lastCancelled: "The last search was cancelled.",
  looking: (percent: number) => `Searching now, ${percent} % done.`,
  neverLooked: "No search has run yet. Once a night is a good start.",
  seconds: (value: number) =>
    new Intl.NumberFormat("en-GB", { maximumFractionDigits: value < 10 ? 1 : 0 }).format(value),

  keptForever: "Unnamed faces are kept forever",
  keptForeverHint: "Nothing is deleted automatically.",
  held: (when: string) => `Nothing is deleted until ${when}`,
  heldHint: "The clock has jumped, so the age of the faces is uncertain.",
  goes: (n: number) => `${faces(n)} without a name will be deleted within the hour`,
  goesHint: (age: number, frames: number) =>
    `They are older than ${days(age)}. Their pictures${frames === 0 ? "" : ` and ${number(frames)} ${frames === 1 ? "frame" : "frames"}`} are deleted too.`,
  nothingGoes: (age: number) => `No unnamed face is older than ${days(age)}`,
  nothingGoesHint: "When one is, it is deleted with its picture and its frame.",
  seeAll: (n: number) => (n === 1 ? "See it" : `See all ${number(n)}`),
  goesTitle: (n: number) => `${faces(n)} will be deleted`,
  goesOrder: "Name those you want to keep; the others are deleted within the hour.",

  pictures: pictureWords,

  names: "Names",
  gate: (threshold: string) => `A name below ${threshold}`,
  loose: "Loose: strangers who look similar may get a name.",
  even: "Balanced: strangers rarely get a name.",
  strict: "Strict: strangers hardly ever get a name, and people you know sometimes get none.",
  howStrict: "How strict?",
  ignored: (n: number) => `${capitalNumber(n)} ignored ${n === 1 ? "face" : "faces"}`,
  ignoredHint: "Ignored faces stay out of Discover and cause no events.",
  noneIgnored: "Nobody is ignored",
  show: "Show",

  scenes: "Behind the scenes",
  broker: "Broker",
  brokerState: { connected: "connected", connecting: "connecting…", stopped: "stopped" },
  dropped: (n: number) =>
    `${capitalNumber(n)} ${n === 1 ? "message" : "messages"} could not be sent while it was unreachable.`,
  queue: "From camera to event",
  queueHint: (n: number): string => (n === 0 ? "Nothing is waiting." : `${faces(n)} waiting to be stored.`),
  rate: (n: number) => `${new Intl.NumberFormat("en-GB").format(n)} a minute`,
  refused: (n: number) => `${capitalNumber(n)} ${n === 1 ? "message was" : "messages were"} refused`,
  refusedHint: "Since the start. Each is published with its reason on the topic bridge/rejected.",
  disk: "On disk",
  diskHint: (n: number, people: number) => `${faces(n)}, ${number(people)} ${people === 1 ? "person" : "people"}`,
  bytes: (value: number): string => {
    const mega = value / 1_000_000;
    return `${new Intl.NumberFormat("en-GB", { maximumFractionDigits: mega < 10 ? 1 : 0 }).format(mega)} MB`;
  },
  running: (when: string) => `Running since ${when}. Nothing leaves your home.`,
  api: "API",
  metrics: "Metrics",

  schedule: {
    title: "When to look for new groups",
    never: "Only when asked",
    neverHint: "With the button here, in Home Assistant, or by a command.",
    nightly: "Every day",
    nightlyHint: "Best at night.",
    at: "At",
    other: "Cron expression",
    otherHint: "Minute, hour, day of the month, month, day of the week.",
    expression: "Expression",
    save: "Save",
    savedDaily: (time: string) => `Looks for new groups every day at ${time}`,
    savedOther: "Looks for new groups at the new times",
  },
  retention: {
    title: "How long unnamed faces are kept",
    text: "Counted from when they were seen. Then they are deleted for good, with their pictures and frames. Named faces stay.",
    label: "Days (0 keeps them forever)",
    save: "Save",
    saved: (n: number) => (n === 0 ? "Unnamed faces are kept forever" : `Unnamed faces are kept for ${days(n)}`),
  },
};
