const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

/** How deep a registry file may be nested: ours is 5 levels, the rest is for keys that are not ours. */
const MAX_DEPTH = 64;

/**
 * What `JSON.parse` does not find in a text it accepts: a key that stands twice in one object (the first value would be
 * lost silently), or nesting too deep to be printed again. One sentence, or null.
 * @param text Valid JSON.
 */
export function findJsonProblem(text: string): string | null {
  // For each open object the keys so far; null for an array.
  const open: (Set<string> | null)[] = [];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      if (open.push(code === OPEN_BRACE ? new Set() : null) > MAX_DEPTH) {
        return `is nested more than ${MAX_DEPTH} levels deep`;
      }
    } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
      open.pop();
    } else if (code === QUOTE) {
      const end = endOfString(text, at);
      const keys = open.at(-1);
      if (keys && isKey(text, end)) {
        const key: unknown = JSON.parse(text.slice(at, end + 1));
        if (keys.has(String(key))) return `has the key ${JSON.stringify(key)} twice in one object`;
        keys.add(String(key));
      }
      at = end;
    }
  }
  return null;
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; ; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === QUOTE) return at;
  }
}

// In valid JSON a string is a key exactly when a colon follows.
function isKey(text: string, end: number): boolean {
  let at = end + 1;
  while (text.charCodeAt(at) <= 0x20) at++;
  return text.charCodeAt(at) === COLON;
}
