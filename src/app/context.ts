import type { Logger } from "pino";
import type { Config } from "../config/schema.ts";
import type { Clock } from "../domain/clock.ts";
import type { Bus } from "../domain/events.ts";
import type { Models } from "../domain/model.ts";
import type { Gaps } from "../flow/watch/gaps.ts";
import type { Problems } from "../flow/watch/problems.ts";
import type { Supervisor } from "../sources/pull/pull.ts";

/** What every part of the daemon is built with. */
export interface AppContext {
  readonly config: Config;
  readonly models: Models;
  readonly version: string;
  readonly startedAt: Date;
  readonly clock: Clock;
  readonly bus: Bus;
  readonly problems: Problems;
  readonly gaps: Gaps;
  /** null: this is not an app of Home Assistant. */
  readonly supervisor: Supervisor | null;
  readonly log: Logger;
  /** Registers how a part that has started ends. The ends run when the daemon stops, the last one first. */
  readonly onStop: (end: () => unknown) => void;
}
