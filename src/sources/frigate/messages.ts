/** The object's box in its camera's detect stream: left, top, right, bottom, in pixels. */
export type DetectBox = readonly [left: number, top: number, right: number, bottom: number];

/** The picture that Frigate keeps of an object: the best so far. */
export interface BestPicture {
  readonly takenAt: Date;
  readonly box: DetectBox | null;
  /** Of the box, in pixels. */
  readonly area: number;
  readonly score: number;
}

/** A person whom Frigate tracks, as a message on `<prefix>/events` says it. */
export interface PersonMessage {
  readonly type: "new" | "update" | "end";
  readonly id: string;
  readonly camera: string;
  /** When Frigate saw what the message says. */
  readonly seenAt: Date;
  readonly isStationary: boolean;
  /** Those it is in; when it has left them all, those it has been in. */
  readonly zones: readonly string[];
  readonly subLabel: string | null;
  readonly box: DetectBox | null;
  readonly hasSnapshot: boolean;
  readonly best: BestPicture | null;
}

/** Frigate has just looked at a face of a person whom it tracks. */
export interface FaceMessage {
  readonly id: string;
  readonly camera: string;
  readonly seenAt: Date;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * A message on `<prefix>/events` (https://docs.frigate.video/integrations/mqtt/). null: it is not about a person, about a
 * false positive, or no such message at all.
 */
export function readPersonMessage(payload: Uint8Array): PersonMessage | null {
  const message = parse(payload);
  const { type } = message;
  if (type !== "new" && type !== "update" && type !== "end") return null;
  const after = toFields(message.after);
  const [id, camera, seenAt] = [toName(after.id), toName(after.camera), toDate(after.frame_time)];
  if (id === null || camera === null || seenAt === null) return null;
  if (after.label !== "person" || after.false_positive === true) return null;
  const current = toNames(after.current_zones);
  return {
    type,
    id,
    camera,
    seenAt,
    isStationary: after.stationary === true,
    zones: current.length > 0 ? current : toNames(after.entered_zones),
    subLabel: toSubLabel(after.sub_label),
    box: toBox(after.box),
    hasSnapshot: after.has_snapshot === true,
    best: toBest(after),
  };
}

/** A message on `<prefix>/tracked_object_update` of the type `face`; null: any other. */
export function readFaceMessage(payload: Uint8Array): FaceMessage | null {
  const { type, id, camera, timestamp } = parse(payload);
  const face = { id: toName(id), camera: toName(camera), seenAt: toDate(timestamp) };
  if (type !== "face" || face.id === null || face.camera === null || face.seenAt === null) return null;
  return { id: face.id, camera: face.camera, seenAt: face.seenAt };
}

/** A sub-label as Frigate sends it: a name, or a name with its score. null: none. */
export function toSubLabel(value: unknown): string | null {
  return toName(Array.isArray(value) ? value[0] : value);
}

/** 0.13 and older have `snapshot_time` alone. */
function toBest(after: Fields): BestPicture | null {
  const snapshot = toFields(after.snapshot);
  const takenAt = toDate(snapshot.frame_time ?? after.snapshot_time);
  if (takenAt === null) return null;
  return { takenAt, box: toBox(snapshot.box), area: toNumber(snapshot.area), score: toNumber(snapshot.score) };
}

function parse(payload: Uint8Array): Fields {
  try {
    return toFields(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(payload)));
  } catch {
    return {};
  }
}

/** The fields of a JSON object; none of anything else. */
export const toFields = (value: unknown): Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};

/** As our own messages have names: 1 to 64 characters, no control characters. */
export const toName = (value: unknown): string | null =>
  typeof value === "string" && /^[^\p{Cc}\p{Cs}]{1,64}$/u.test(value) ? value : null;

/** The names of a list, without what is none. */
export const toNames = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.flatMap((one) => toName(one) ?? []) : [];

const toNumber = (value: unknown): number => (typeof value === "number" && Number.isFinite(value) ? value : 0);

/** Of seconds since 1970. */
export function toDate(value: unknown): Date | null {
  const date = new Date(typeof value === "number" ? value * 1000 : Number.NaN);
  return Number.isNaN(date.getTime()) || date.getTime() <= 0 ? null : date;
}

function toBox(value: unknown): DetectBox | null {
  if (!Array.isArray(value) || value.length !== 4 || !value.every(Number.isFinite)) return null;
  const [left, top, right, bottom] = value as [number, number, number, number];
  return right > left && bottom > top ? [left, top, right, bottom] : null;
}
