/** The daemon's log; a pino logger fits. Fields come first, then a sentence that is constant for the same event. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Logs nothing, for commands and tests without a log. */
export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };
