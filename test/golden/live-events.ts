import { setTimeout as sleep } from "node:timers/promises";
import { onTestFinished } from "vitest";

/** What the stream of live events has told. */
export interface LiveEvents {
  /** Data of every event, by its name, in the order they came. */
  read(): Record<string, unknown[]>;
}

/** Listens to `GET /api/events` until the test is over. */
export async function listenToEvents(url: string): Promise<LiveEvents> {
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const response = await fetch(`${url}/api/events`, { signal: stop.signal });
  let text = "";
  void (async () => {
    for await (const chunk of response.body ?? []) text += Buffer.from(chunk).toString();
  })().catch(() => undefined);
  // It greets with how things are: that must be before anything happens.
  while (!/^event: stats\n.*\n\n/m.test(text)) await sleep(10);
  return {
    read() {
      const told: Record<string, unknown[]> = {};
      for (const [, name, data] of text.matchAll(/^event: (\w+)\ndata: (.*)\n\n/gm)) {
        told[name as string] ??= [];
        told[name as string]?.push(JSON.parse(data as string));
      }
      return told;
    },
  };
}
