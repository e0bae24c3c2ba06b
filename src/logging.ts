import { type DestinationStream, type Logger, pino } from "pino";
import { PinoPretty } from "pino-pretty";
import type { Config } from "./config/schema.ts";

/** Fields that may hold a secret, at the top and one level down. What was put into a sentence is not found. */
const SECRETS = ["password", "token", "authorization", "cookie", "encoding", "payload"].flatMap((name) => [
  name,
  `*.${name}`,
  `*.*.${name}`,
]);

/**
 * The daemon's log: one line per thing that happened, as JSON, or readable where a person is looking.
 * Lines are written at once: the last one before a crash is there.
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
