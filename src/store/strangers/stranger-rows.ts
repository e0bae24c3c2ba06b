import type { Stranger } from "../../domain/visits/stranger.ts";

/** Of a stranger `s` and all visits `v`; to be grouped by `s.id`. */
export const STRANGER_COLUMNS = `s.id AS number, s.stranger_id AS strangerId, s.model, count(*) AS visits,
    json_group_array(DISTINCT v.camera) AS cameras, min(v.started_at) AS firstSeen, max(v.ended_at) AS lastSeen`;

export const FROM_STRANGERS = "FROM strangers s JOIN visits v ON v.stranger_ref = s.id";

/** A row of {@link STRANGER_COLUMNS}. */
export interface StrangerRow {
  readonly number: number;
  readonly strangerId: string;
  readonly model: string;
  readonly visits: number;
  /** JSON */
  readonly cameras: string;
  readonly firstSeen: string;
  readonly lastSeen: string;
}

export function toStranger(row: StrangerRow): Omit<Stranger, "bestFace"> {
  const { number, strangerId, model, visits, cameras, firstSeen, lastSeen } = row;
  return {
    number,
    strangerId,
    model,
    visits,
    cameras: (JSON.parse(cameras) as string[]).sort(),
    firstSeen: new Date(firstSeen),
    lastSeen: new Date(lastSeen),
  };
}
