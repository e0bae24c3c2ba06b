import type { Clock } from "../../domain/clock.ts";
import type { Bus } from "../../domain/events.ts";
import type { Refusal } from "../../domain/refusal.ts";

/** So many refused messages of one topic are no accident: something there speaks another language. */
const MANY = 5;
const FORGET_MS = 3_600_000;
/** Topics that are watched at once; whoever invents more of them gets no more lines for it. */
const MOST_TOPICS = 100;

interface Seen {
  readonly count: number;
  readonly forget: () => void;
}

/** Tells as a problem on which topics messages are refused again and again, and why, until an hour passes without one. */
export function watchRefusals(bus: Bus, clock: Clock): () => void {
  const seen = new Map<string, Seen>();
  return bus.on("refused", ({ topic, code, reason }: Refusal) => {
    const before = seen.get(topic);
    if (!before && seen.size >= MOST_TOPICS) return;
    before?.forget();
    const source = `refusals on ${topic}`;
    const count = (before?.count ?? 0) + 1;
    const forget = clock.after(FORGET_MS, () => {
      seen.delete(topic);
      if (count >= MANY) bus.emit("problem", { source, message: null });
    });
    seen.set(topic, { count, forget });
    if (count < MANY) return;
    bus.emit("problem", { source, message: `messages on "${topic}" are refused again and again (${code}): ${reason}` });
  });
}
