/** Where the daemon logs; a pino logger fits. Fields come first, then one sentence that stays the same for the same thing. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Logs nothing: for commands and tests that want no log. */
export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };
