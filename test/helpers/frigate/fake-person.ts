/** Someone whom the fake Frigate tracks. */
export interface FakePerson {
  readonly id: string;
  readonly camera: string;
  readonly startTime: number;
  endTime: number | null;
  /** Of the detect stream: left, top, right, bottom. */
  box: readonly [number, number, number, number];
  zones: readonly string[];
  subLabel: readonly [string, number] | null;
  isStationary: boolean;
  /** A row of Frigate's database: not at once. */
  isStored: boolean;
  /** Frigate's best picture, without anything drawn into it. */
  best: { readonly picture: Buffer; readonly takenAt: number; readonly area: number; readonly score: number } | null;
}

/** What a message on `events` says of someone; `minor` of Frigate's version decides the shape. */
export function toMessage(person: FakePerson, now: number, minor: number): object {
  const { id, camera, startTime, endTime, box, zones, subLabel, isStationary, best } = person;
  const [left, top, right, bottom] = box;
  const area = (right - left) * (bottom - top);
  const snapshot = best && {
    frame_time: best.takenAt,
    box,
    area: best.area,
    region: [left, top, right, bottom],
    score: best.score,
    attributes: [],
    ...(minor >= 17 ? { current_estimated_speed: 0, velocity_angle: 0, path_data: [] } : {}),
  };
  return {
    id,
    camera,
    frame_time: now,
    snapshot,
    label: "person",
    sub_label: subLabel,
    top_score: 0.9,
    false_positive: false,
    start_time: startTime,
    end_time: endTime,
    score: 0.8,
    box,
    area,
    ratio: 0.5,
    region: [0, 0, 320, 320],
    active: !isStationary,
    stationary: isStationary,
    motionless_count: isStationary ? 60 : 0,
    position_changes: 1,
    current_zones: endTime === null ? zones : [],
    entered_zones: zones,
    has_clip: true,
    has_snapshot: best !== null,
    attributes: {},
    current_attributes: [],
    pending_loitering: false,
    max_severity: "alert",
    ...(minor >= 17
      ? { current_estimated_speed: 0, average_estimated_speed: 0, velocity_angle: 0, path_data: [] }
      : {}),
    ...(minor >= 18 ? { recognized_license_plate: null, hypothesis: { model: "of a later version" } } : {}),
  };
}

/** A row of `GET /api/events`; `detect` is the size of the camera's detect stream. */
export function toRow(person: FakePerson, detect: { width: number; height: number }): object {
  const { id, camera, startTime, endTime, zones, subLabel, best, box } = person;
  const [left, top, right, bottom] = box;
  return {
    id,
    camera,
    label: "person",
    sub_label: subLabel?.[0] ?? null,
    start_time: startTime,
    end_time: endTime,
    zones,
    has_clip: true,
    has_snapshot: best !== null,
    plus_id: null,
    retain_indefinitely: false,
    top_score: null,
    false_positive: null,
    box: null,
    data: {
      type: "object",
      score: 0.8,
      top_score: 0.9,
      sub_label_score: subLabel?.[1] ?? null,
      box: [left / detect.width, top / detect.height, (right - left) / detect.width, (bottom - top) / detect.height],
      region: [0, 0, 1, 1],
      attributes: [],
    },
  };
}
