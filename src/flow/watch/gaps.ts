import type { Clock } from "../../domain/clock.ts";
import type { Bus } from "../../domain/events.ts";
import type { Gap, ProblemCode } from "../../domain/health/problem.ts";

const KEPT_MS = 24 * 3_600_000;
/** With these, nothing comes from the broker. */
const NOT_RECEIVING: readonly ProblemCode[] = [
  "BROKER_UNREACHABLE",
  "BROKER_REFUSED_LOGIN",
  "BROKER_ENDS_CONNECTIONS",
  "BROKER_REFUSED_TOPICS",
];

/** When nothing was received from the broker, since the daemon started. */
export interface Gaps {
  /** Of the last 24 hours, the oldest first; the last one may go on. */
  list(): readonly Gap[];
}

/** Keeps in memory, from the problems that are reported on the bus, when nothing was received. */
export function createGaps(bus: Bus, clock: Pick<Clock, "now">): Gaps {
  let over: (Gap & { readonly to: Date })[] = [];
  let open: Gap | null = null;

  function recent(): typeof over {
    const since = clock.now().getTime() - KEPT_MS;
    over = over.filter(({ to }) => to.getTime() >= since);
    return over;
  }

  bus.on("problems", ({ problems }) => {
    const reason = problems.find(({ code }) => NOT_RECEIVING.includes(code));
    if (reason) open ??= { from: reason.since, to: null };
    else if (open) {
      over = [...recent(), { from: open.from, to: clock.now() }];
      open = null;
    }
  });
  return { list: () => (open ? [...recent(), open] : [...recent()]) };
}
