import { Presets, SingleBar } from "cli-progress";
import type { FetchReport } from "../../embed/models/fetch/supply.ts";
import { say, type Terminal } from "../terminal.ts";

/** Lines, and on a terminal a bar for each file. */
export function openFetchReport(terminal: Terminal): FetchReport {
  const { stderr } = terminal;
  let bar: SingleBar | null = null;
  return {
    say: (line) => say(terminal, line),
    progress(_file, received, total) {
      if (stderr.isTTY !== true) return;
      if (received === null) {
        bar?.stop();
        bar = null;
        return;
      }
      if (bar === null) {
        const format = "{bar} {percentage}% | {duration_formatted}";
        bar = new SingleBar(
          { stream: stderr as NodeJS.WritableStream, format, hideCursor: true },
          Presets.shades_classic,
        );
        bar.start(total, received);
      }
      bar.update(received);
    },
  };
}
