/** One server-sent event. */
export interface SentEvent {
  readonly name: string;
  readonly data: string;
}

/**
 * Parses `text/event-stream` from chunks (WHATWG HTML, "Server-sent events"): takes text, hands over whole events. Line
 * ends may be LF, CR LF or CR, also split between two chunks.
 */
export function createSseReader(take: (event: SentEvent) => void): (text: string) => void {
  let rest = "";
  let name = "";
  let data: string[] = [];

  function line(text: string): void {
    if (text === "") {
      if (data.length > 0) take({ name: name || "message", data: data.join("\n") });
      name = "";
      data = [];
      return;
    }
    const colon = text.indexOf(":");
    if (colon === 0) return;
    const field = colon < 0 ? text : text.slice(0, colon);
    const value = colon < 0 ? "" : text.slice(colon + 1).replace(/^ /, "");
    if (field === "event") name = value;
    else if (field === "data") data.push(value);
  }

  return (text) => {
    rest += text;
    for (;;) {
      const end = /\r\n|\n|\r/.exec(rest);
      // A CR at the very end may be the first half of CR LF.
      if (!end || (end[0] === "\r" && end.index === rest.length - 1)) return;
      line(rest.slice(0, end.index));
      rest = rest.slice(end.index + end[0].length);
    }
  };
}
