import type { WantedGroups } from "../../api/clusters.ts";
import type { UnknownFilter } from "../router.ts";

const MANY = 10;

/** The local day as ISO times, from its midnight to the next; days may have 23 or 25 hours. */
function dayRange(day: string): { from: string; to: string } | null {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const from = new Date(year, month - 1, date);
  const to = new Date(year, month - 1, date + 1);
  return Number.isNaN(from.getTime()) || Number.isNaN(to.getTime())
    ? null
    : { from: from.toISOString(), to: to.toISOString() };
}

const SIZES = {
  many: { min_size: MANY },
  few: { min_size: 2, max_size: MANY - 1 },
  once: { max_size: 1 },
} as const;

/** What to ask the daemon for. Faces seen only once are left out, unless they are asked for or searched. */
export function toWanted({ q, camera, day, sort, size, again }: UnknownFilter): WantedGroups {
  return {
    state: "waiting",
    sort: sort ?? "size",
    ...(size ? SIZES[size] : again || q ? {} : { min_size: 2 }),
    ...(q ? { q } : {}),
    ...(camera ? { camera } : {}),
    ...(day ? dayRange(day) : {}),
    ...(again ? { came_back: true } : {}),
  };
}

/** Whether fewer are shown than wait; the order does not count. */
export const isFiltered = ({ q, camera, day, size, again }: UnknownFilter): boolean =>
  [q, camera, day, size, again].some((one) => one !== undefined);

/** The filter of an address, without its page. */
export function toFilter({ q, camera, day, sort, size, again }: UnknownFilter): UnknownFilter {
  return { q, camera, day, sort, size, again };
}
