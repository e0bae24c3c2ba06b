import type { FetchReport } from "../../embed/models/fetch/supply.ts";
import { openProgress, type Progress } from "../progress.ts";
import { say, type Terminal } from "../terminal.ts";

/** Lines, and on a terminal a bar for each file. */
export function openFetchReport(terminal: Terminal): FetchReport {
  let bar: Progress | null = null;
  return {
    say: (line) => say(terminal, line),
    progress(_file, received, total) {
      if (received === null) {
        bar?.stop();
        bar = null;
        return;
      }
      bar ??= openProgress(terminal, { total, format: "{bar} {percentage}% | {duration_formatted}", values: {} });
      bar.update(received);
    },
  };
}
