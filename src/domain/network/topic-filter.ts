/**
 * Whether an MQTT topic filter takes in a topic (MQTT 3.1.1, section 4.7): `+` is one level, `#` all that follow and the
 * level before it. A wildcard at the first level takes in no topic that starts with `$`; those are the broker's own.
 */
export function matchesFilter(filter: string, topic: string): boolean {
  if (topic.startsWith("$") && !filter.startsWith("$")) return false;
  const wanted = filter.split("/");
  const levels = topic.split("/");
  for (const [i, level] of wanted.entries()) {
    if (level === "#") return true;
    if (i >= levels.length || (level !== "+" && level !== levels[i])) return false;
  }
  return wanted.length === levels.length;
}
