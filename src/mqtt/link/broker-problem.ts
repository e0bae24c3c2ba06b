import type { Clock } from "../../domain/clock.ts";
import type { Bus } from "../../domain/events.ts";
import type { ProblemCode } from "../../domain/health/problem.ts";

/** A broker that starts together with the daemon, or is restarted, is back before that: no problem. */
const GRACE_MS = 6_000;
/** A connection shorter than this did not hold. */
const HELD_MS = 2_000;
const SOURCE = "broker";
/** The broker's answer to a login, MQTT 3.1.1, section 3.2.2.3: bad user name or password, not authorized. */
const REFUSED = [4, 5];

/** Why there is no connection. */
export interface Failure {
  /** As the broker or the operating system says it. */
  readonly reason: string;
  /** The return code of the broker, where it answered at all. */
  readonly returnCode: unknown;
  /** It lets us in again and again, and ends each connection at once. */
  readonly kicked: boolean;
}

/** Reports as one problem that nothing is received from an external broker. */
export interface BrokerProblem {
  /** An attempt failed or a connection ended. `heardMs`: how long ago the broker was last heard, for the first such call. */
  failed(failure: Failure, heardMs?: number): void;
  /** The broker lets us in; `holds`: earlier connections did, so this one counts at once. */
  subscribed(refusedFilters: readonly string[], holds: boolean): void;
  stop(): void;
}

/** `description` is the broker's address. The time counts from its creation, that is from the start. */
export function createBrokerProblem(deps: { description: string; bus: Bus; clock: Clock }): BrokerProblem {
  const { description, bus, clock } = deps;
  /** Since when nothing is received, on the wall and the monotonic clock; null: something is. */
  let lost: { readonly at: Date; readonly ms: number } | null = { at: clock.now(), ms: clock.monotonicMs() };
  let failure: Failure | null = null;
  let reported: string | null = null;
  let cancel: (() => void) | null = null;

  function wait(ms: number, run: () => void): void {
    cancel?.();
    cancel = clock.after(ms, run);
  }

  function report(): void {
    if (!lost || !failure) return;
    const { code, message } = toProblem(failure, description);
    if (message === reported) return;
    reported = message;
    bus.emit("problem", { source: SOURCE, code, message, since: lost.at });
  }

  function settle(refused: readonly string[]): void {
    const since = lost?.at;
    lost = null;
    failure = null;
    reported = null;
    const message = `the broker does not let faces2mqtt listen to ${refused.join(", ")}: see its access rules`;
    const isRefused = refused.length > 0;
    const more = isRefused && since ? { since, subject: refused.join(", ") } : {};
    bus.emit("problem", {
      source: SOURCE,
      code: "BROKER_REFUSED_TOPICS",
      message: isRefused ? message : null,
      ...more,
    });
  }

  return {
    failed(why, heardMs = 0) {
      lost ??= { at: new Date(clock.now().getTime() - heardMs), ms: clock.monotonicMs() - heardMs };
      failure = why;
      wait(Math.max(0, lost.ms + GRACE_MS - clock.monotonicMs()), report);
    },
    subscribed(refused, holds) {
      if (!lost || holds) {
        cancel?.();
        settle(refused);
      } else wait(HELD_MS, () => settle(refused));
    },
    stop: () => cancel?.(),
  };
}

function toProblem({ reason, returnCode, kicked }: Failure, broker: string): { code: ProblemCode; message: string } {
  if (REFUSED.some((one) => one === returnCode)) {
    return {
      code: "BROKER_REFUSED_LOGIN",
      message: `the broker ${broker} refuses our login: see mqtt.username and mqtt.password`,
    };
  }
  if (kicked) {
    const message = `the broker ${broker} ends every connection at once: is there another faces2mqtt with this client id?`;
    return { code: "BROKER_ENDS_CONNECTIONS", message };
  }
  return {
    code: "BROKER_UNREACHABLE",
    message: `no faces are received: the broker ${broker} does not answer (${reason})`,
  };
}
