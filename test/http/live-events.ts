/** One server-sent event. */
export interface LiveEvent {
  readonly name: string;
  readonly data: unknown;
}

/** Reads a server's live events as `fetch` sees them. */
export async function openLiveEvents(url: string, headers: Record<string, string> = {}) {
  const stop = new AbortController();
  const response = await fetch(`${url}/api/events`, { headers, signal: stop.signal });
  const events: LiveEvent[] = [];
  let text = "";
  let wake = () => {};
  const ended = (async () => {
    for await (const bytes of response.body ?? []) {
      text += Buffer.from(bytes).toString("utf8");
      const messages = text.split("\n\n");
      text = messages.pop() ?? "";
      for (const message of messages) {
        const [, name, data] = /^event: (.+)\ndata: (.+)$/.exec(message) ?? [];
        if (name !== undefined && data !== undefined) events.push({ name, data: JSON.parse(data) });
      }
      wake();
    }
  })().finally(() => wake());
  // Closing it from here ends the reading with an error that nobody needs.
  ended.catch(() => {});

  /** The first event of this name, come or yet to come. */
  async function next(name: string): Promise<unknown> {
    for (;;) {
      const index = events.findIndex((event) => event.name === name);
      if (index >= 0) return events.splice(index, 1)[0]?.data;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  }

  return { response, events, next, ended, close: () => stop.abort() };
}
