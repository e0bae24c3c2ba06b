import type { SourceReport } from "../source.ts";
import type { FaceLibrary } from "./crops.ts";
import type { FrigateConfig } from "./frigate-config.ts";
import { LIVE_MS } from "./tracker.ts";

/** Versions whose API and topics this was written for. */
const [FIRST_MINOR, LAST_MINOR] = [16, 18];

/** What is known of Frigate and the ways to it. */
export interface FrigateCondition {
  /** As set: `http://frigate:5000`. */
  readonly url: string;
  readonly go2rtcUrl: string;
  readonly topicPrefix: string;
  /** Those that are set; empty: all. */
  readonly cameras: readonly string[];
  /** Why Frigate does not answer, or not us; null: it does. */
  readonly failure: string | null;
  /** null: it has not answered yet. */
  readonly known: { readonly version: string; readonly minor: number | null; readonly config: FrigateConfig } | null;
  /** Whether a message of Frigate has come; `late`: none, and it was time for one. */
  readonly messages: "waiting" | "seen" | "late";
  /** Why go2rtc gives no whole frames; null: it does, or was not asked yet. */
  readonly go2rtcFailure: string | null;
  /** Cameras without whole frames, each with why. */
  readonly withoutFrames: readonly { readonly camera: string; readonly reason: string }[];
  /** null: not known. */
  readonly library: FaceLibrary | null;
  /** Why face crops cannot be had. */
  readonly cropsFailure: string | null;
  /** Why a name could not be written back. */
  readonly nameFailure: string | null;
  /** What Frigate publishes is too old for whole frames when it comes. */
  readonly isLate: boolean;
}

/** What is wrong, in sentences; or, where nothing is, where the pictures come from. */
export function toReport(condition: FrigateCondition): SourceReport {
  const problems = toProblems(condition);
  if (problems.length > 0) return { ok: false, sentence: problems.join(". ") };
  return { ok: true, sentence: toGoodNews(condition).join(". ") };
}

function toProblems(condition: FrigateCondition): readonly string[] {
  const { failure, nameFailure } = condition;
  if (failure !== null) return [`No pictures come from Frigate: ${failure}`];
  return [toMqttProblem(condition), toCameraProblem(condition), nameFailure].filter((one) => one !== null);
}

/** Only what Frigate publishes says when there is something to see. */
function toMqttProblem({ messages, known, topicPrefix, url }: FrigateCondition): string | null {
  const mqtt = known?.config.mqtt;
  if (mqtt?.enabled === false) {
    return `Frigate at ${url} has mqtt.enabled: false, so that nothing is known of what it sees: let it publish to the broker of faces2mqtt`;
  }
  if (mqtt && mqtt.topicPrefix !== topicPrefix) {
    return `Frigate publishes below ${mqtt.topicPrefix}/, faces2mqtt listens below ${topicPrefix}/: set snapshots.frigate.topic_prefix`;
  }
  if (messages === "late") {
    const broker = mqtt ? ` It publishes to ${mqtt.broker}` : "";
    return `Frigate at ${url} answers, but no message of ${topicPrefix}/# came: it must publish to the broker that faces2mqtt uses.${broker}`;
  }
  return null;
}

function toCameraProblem({ cameras, known }: FrigateCondition): string | null {
  const missing = known ? cameras.filter((camera) => !known.config.cameras.has(camera)) : [];
  return missing.length === 0 ? null : `Frigate has no camera ${missing.join(", ")} (snapshots.frigate.cameras)`;
}

function toGoodNews(condition: FrigateCondition): readonly string[] {
  const { known, url, messages, go2rtcFailure, withoutFrames, library, isLate } = condition;
  if (!known) return [`Frigate at ${url} is being asked`];
  const isTried = known.minor !== null && known.minor >= FIRST_MINOR && known.minor <= LAST_MINOR;
  const untried = isTried ? "" : ` (faces2mqtt was written for 0.${FIRST_MINOR} to 0.${LAST_MINOR})`;
  return [
    `Frigate ${known.version}${untried}`,
    ...(messages === "waiting" ? ["Waiting for its first message"] : []),
    toFrames(condition),
    ...(go2rtcFailure === null && withoutFrames.length > 0
      ? [`No whole frames of ${withoutFrames.map(({ camera, reason }) => `${camera} (${reason})`).join(", ")}`]
      : []),
    ...(go2rtcFailure !== null || isLate || withoutFrames.length > 0 ? [toInstead(condition)] : []),
    ...(known.config.recognizesFaces && library?.people === 0
      ? [
          "Its face library is empty: until it has one picture of one person, Frigate cuts out no faces and publishes none",
        ]
      : []),
  ];
}

/** Where whole frames come from, or why there are none. */
function toFrames({ go2rtcUrl, go2rtcFailure, isLate }: FrigateCondition): string {
  if (go2rtcFailure !== null) {
    return `No whole frames from go2rtc: ${go2rtcFailure}. Open port 1984 of Frigate, or set snapshots.frigate.go2rtc_url`;
  }
  if (!isLate) return `Whole frames come from go2rtc at ${go2rtcUrl}`;
  const age = `${LIVE_MS / 1000} s`;
  return `No whole frames: what Frigate publishes is more than ${age} old when it comes. Let the clocks of both machines agree`;
}

/** Where pictures come from that are no whole frames. */
function toInstead({ known, library, cropsFailure }: FrigateCondition): string {
  const without = "Instead, Frigate's clean snapshots are used";
  if (known?.config.recognizesFaces === false)
    return `${without}; its face recognition is off, so that it cuts out no faces`;
  if (cropsFailure !== null) return `${without}; the faces that it cuts out cannot be had: ${cropsFailure}`;
  if (library?.people === 0) return without;
  return "Instead, faces that Frigate cuts out and its clean snapshots are used";
}
