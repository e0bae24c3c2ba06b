import { Presets, SingleBar } from "cli-progress";
import type { Terminal } from "./terminal.ts";

/** A progress bar; nothing where there is no terminal. */
export interface Progress {
  /** @param total Where it was not known at the start. */
  update(done: number, values?: object, total?: number): void;
  stop(): void;
}

export interface ProgressOptions {
  readonly total: number;
  /** As cli-progress has it. */
  readonly format: string;
  /** What else `format` shows, at the start. */
  readonly values: object;
}

export function openProgress(
  { stderr }: Pick<Terminal, "stderr">,
  { total, format, values }: ProgressOptions,
): Progress {
  if (stderr.isTTY !== true) return { update: () => undefined, stop: () => undefined };
  const bar = new SingleBar(
    { stream: stderr as NodeJS.WritableStream, format, hideCursor: true },
    Presets.shades_classic,
  );
  bar.start(total, 0, values);
  return {
    update(done, now = {}, all = total) {
      bar.setTotal(all);
      bar.update(done, now);
    },
    stop: () => bar.stop(),
  };
}
