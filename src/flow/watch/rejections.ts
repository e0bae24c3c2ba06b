import type { Clock } from "../../domain/clock.ts";
import type { Bus } from "../../domain/events.ts";

/** So many rejected messages on one topic are no accident: its sender uses another format. */
const MANY = 5;
const FORGET_MS = 3_600_000;
/** Topics watched at once; a sender that invents more of them does not fill the memory. */
const MOST_TOPICS = 100;

interface Seen {
  readonly count: number;
  readonly forget: () => void;
}

/** Reports topics on which messages are rejected again and again, and why, until an hour passes without one. */
export function watchRejections(bus: Bus, clock: Clock): () => void {
  const seen = new Map<string, Seen>();
  return bus.on("rejected", ({ topic, code, reason }) => {
    const before = seen.get(topic);
    if (!before && seen.size >= MOST_TOPICS) return;
    before?.forget();
    const source = `rejections on ${topic}`;
    const report = (message: string | null): void =>
      bus.emit("problem", { source, code: "MESSAGES_REFUSED", message, subject: topic });
    const count = (before?.count ?? 0) + 1;
    const forget = clock.after(FORGET_MS, () => {
      seen.delete(topic);
      if (count >= MANY) report(null);
    });
    seen.set(topic, { count, forget });
    if (count < MANY) return;
    report(`messages on "${topic}" are refused again and again (${code}): ${reason}`);
  });
}
