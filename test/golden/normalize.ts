import { createHash } from "node:crypto";

/** What a run of the scene has that no other run has. */
export interface Run {
  /** Times of the scene's faces count from here. */
  readonly sceneStart: Date;
  /** What happens from here on happens at whatever time it is. */
  readonly startedAt: Date;
  readonly ports: readonly number[];
  readonly instance: string;
  /** Of the package: a release is no change of behaviour. */
  readonly version: string;
}

/** Replaces what differs from run to run, and nothing else, by the rules below. */
export type Normalize = (value: unknown) => unknown;

const DAY_MS = 86_400_000;
const LONG_LIST = 100;

/** Numbers that depend on the machine. */
const MEASURED = new Set(["uptime_seconds", "database_bytes", "faces_per_minute"]);
/** Opaque texts that hold a time or a random id. */
const OPAQUE = new Set(["next_cursor", "cursor", "node"]);
const VERSIONS = new Set(["version", "sw_version"]);

const UUID = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g;
const CLUSTER_ID = /(?<!\w)c_[0-9a-f]{8}\b/g;
const VISIT_ID = /(?<!\w)v_[0-9a-f]{16}\b/g;
const FOLDER = /\/\S*\/faces2mqtt-test-\w+/g;
const TIME = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g;
const DAY = /^\d{4}-\d\d-\d\d$/;

/**
 * The rules:
 * - {@link MEASURED} numbers, {@link OPAQUE} texts and the package's version, by their keys;
 * - random UUIDs and ids of visits; ids of clusters, numbered in the order in which they were first met;
 * - the instance, the test's folder and the ports, wherever they stand in a text or key;
 * - times and days of the scene, as what has passed since its start; times of the run;
 * - encodings, as the hash of their numbers to 5 places; pictures, as what kind they are.
 */
export function createNormalize(run: Run): Normalize {
  const clusters = new Map<string, string>();

  function nameCluster(id: string): string {
    const name = clusters.get(id) ?? `<cluster ${clusters.size + 1}>`;
    clusters.set(id, name);
    return name;
  }

  function toTime(text: string): string {
    const ms = Date.parse(text);
    if (ms >= run.startedAt.getTime()) return "<while it runs>";
    const passedMs = ms - run.sceneStart.getTime();
    return passedMs >= 0 && passedMs < DAY_MS ? `<start + ${new Date(passedMs).toISOString().slice(11, -1)}>` : text;
  }

  function toDay(text: string): string {
    const days = (Date.parse(text) - Date.parse(run.sceneStart.toISOString().slice(0, 10))) / DAY_MS;
    return days < 0 ? text : days === 0 ? "<day of the scene>" : "<day of the run>";
  }

  function normalizeText(text: string): string {
    if (DAY.test(text)) return toDay(text);
    let plain = text
      .replace(UUID, "<uuid>")
      .replace(VISIT_ID, "<visit>")
      .replace(CLUSTER_ID, nameCluster)
      .replace(FOLDER, "<folder>")
      .replace(TIME, toTime);
    plain = plain.replaceAll(run.instance, "<instance>");
    for (const port of run.ports) plain = plain.replaceAll(`127.0.0.1:${port}`, "127.0.0.1:<port>");
    return plain;
  }

  function normalizeEntry(key: string, value: unknown): unknown {
    if (MEASURED.has(key) && typeof value === "number") return "<measured>";
    if (OPAQUE.has(key) && typeof value === "string") return `<${key}>`;
    if (VERSIONS.has(key) && value === run.version) return "<version>";
    return normalize(value);
  }

  function normalize(value: unknown): unknown {
    if (typeof value === "string") return normalizeText(value);
    if (Buffer.isBuffer(value)) return value.subarray(0, 2).equals(Buffer.from([0xff, 0xd8])) ? "<JPEG>" : "<bytes>";
    if (Array.isArray(value)) return isEncoding(value) ? toHash(value as number[]) : value.map(normalize);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [normalizeText(key), normalizeEntry(key, one)]),
    );
  }

  return normalize;
}

const isEncoding = (list: readonly unknown[]): boolean =>
  list.length > LONG_LIST && list.every((one) => typeof one === "number");

function toHash(numbers: readonly number[]): string {
  const text = numbers.map((one) => one.toFixed(5)).join();
  return `<${numbers.length} numbers, ${createHash("sha256").update(text).digest("hex").slice(0, 12)}>`;
}
