/**
 * Why nothing was fetched. `unreachable`: no connection, or it was lost. `timeout`: no answer, or no end of it. `login`: the
 * server refused the login or wants one. `status`: any other status. `elsewhere`: a host that the configuration does not name,
 * asked for or redirected to. `stopped`: the daemon is stopping.
 */
export type FetchFailure =
  | "unreachable"
  | "timeout"
  | "too_large"
  | "not_a_picture"
  | "login"
  | "status"
  | "elsewhere"
  | "stopped";

/**
 * Nothing was fetched. The message is for people; of the address it has the host only, because path and query may hold
 * passwords.
 */
export class FetchFailed extends Error {
  readonly kind: FetchFailure;
  /** Of the answer; null when there was none. */
  readonly status: number | null;

  constructor(kind: FetchFailure, message: string, options: { status?: number; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "FetchFailed";
    this.kind = kind;
    this.status = options.status ?? null;
  }
}
