import { type DestinationStream, type Logger, pino } from "pino";
import { PinoPretty } from "pino-pretty";
import type { Config } from "./config/schema.ts";

/** Fields that may hold a secret, up to two levels down. Text inside a sentence is not found. */
const SECRETS = ["password", "token", "authorization", "cookie", "encoding", "payload"].flatMap((name) => [
  name,
  `*.${name}`,
  `*.*.${name}`,
]);

/**
 * The daemon's log: one JSON line per event, or a readable line on a terminal. Lines are written synchronously, so that the
 * last one before a crash is not lost.
 */
export function createLog(
  { level, pretty }: Config["log"],
  { interactive, destination }: { readonly interactive: boolean; readonly destination?: DestinationStream },
): Logger {
  const readable = pretty === "auto" ? interactive : pretty;
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: SECRETS, censor: "[secret]" },
  };
  const sink = destination ?? pino.destination({ fd: 1, sync: true });
  if (!readable) return pino(options, sink);
  return pino(
    options,
    PinoPretty({
      colorize: interactive,
      destination: sink as NodeJS.WritableStream & DestinationStream,
      sync: true,
      translateTime: "SYS:HH:MM:ss.l",
    }),
  );
}
