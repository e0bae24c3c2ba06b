import { Cron } from "croner";

// No control characters; MQTT 3.1.1 section 1.5.3 forbids NUL, and brokers close the connection on others too.
const PLAIN = /^[^\p{Cc}\p{Cs}]+$/u;

/** A topic or the start of one: no wildcards, no empty level at either end, at most 256 characters. */
export function isTopic(value: string): boolean {
  return PLAIN.test(value) && !/[+#]/.test(value) && !/^[/$]|\/$/.test(value) && value.length <= 256;
}

/** A topic filter (MQTT 3.1.1 section 4.7): `+` and `#` fill a whole level, `#` is the last. */
export function isTopicFilter(value: string): boolean {
  if (!PLAIN.test(value) || value.length > 256) return false;
  const levels = value.split("/");
  return levels.every((level, at) => (level === "#" ? at === levels.length - 1 : level === "+" || !/[+#]/.test(level)));
}

/** A cron expression that croner understands and whose time recurs. */
export function isCron(value: string): boolean {
  try {
    const job = new Cron(value, { paused: true });
    // Croner takes a single date too, and a 31st of February.
    return job.getOnce() === null && job.nextRun() !== null;
  } catch {
    return false;
  }
}

/** A URL of one of the schemes (`mqtt:`), with a host and without credentials, which would end up in logs. */
export function isUrl(value: string, schemes: readonly string[]): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  return schemes.includes(url.protocol) && url.hostname !== "" && url.username === "" && url.password === "";
}

/** One source of a Content-Security-Policy's list. */
export function isCspSource(value: string): boolean {
  return /^[^\s;,\p{Cc}]+$/u.test(value);
}

/** A host name or address without port. */
export function isHost(value: string): boolean {
  return /^[^\s/@\p{Cc}]+$/u.test(value);
}
