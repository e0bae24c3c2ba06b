/** A language's messages as they are compiled at build time. */
export interface CompiledMessages {
  readonly constants: object;
  readonly functions: object;
}

type Values = Readonly<Record<string, unknown>>;

const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
/** First strong isolate and its end: https://www.unicode.org/reports/tr9/#Explicit_Directional_Isolates */
const [ISOLATE, END] = ["\u2068", "\u2069"];

/** A name that is written from right to left must not reverse the sentence around it. */
const isolated = (value: unknown): unknown =>
  typeof value === "string" && RIGHT_TO_LEFT.test(value) ? `${ISOLATE}${value}${END}` : value;

/** Both halves of the compiled messages as one tree. */
export function toMessages<T>({ constants, functions }: CompiledMessages): T {
  return joined(constants, functions) as T;
}

function joined(constants: object, functions: object): object {
  const tree: Record<string, unknown> = {};
  for (const key of new Set([...Object.keys(constants), ...Object.keys(functions)])) {
    const plain = (constants as Values)[key];
    const made = (functions as Values)[key];
    if (typeof made === "function") {
      tree[key] = (values: Values) =>
        made(Object.fromEntries(Object.entries(values).map(([k, v]) => [k, isolated(v)])));
    } else if (typeof plain === "string") tree[key] = plain;
    else tree[key] = joined((plain ?? {}) as object, (made ?? {}) as object);
  }
  return tree;
}

/** Stands for an element while a message is put together: of the Unicode range for private use. */
const mark = (at: number): string => String.fromCodePoint(0xf0000 + at);

/**
 * A message in which some arguments are elements, as parts for a template:
 * `rich(t.review.title, { who: html`<b>${name}</b>` })`. Arguments that are plain values stay as they are.
 */
export function rich<T>(
  message: (values: never) => string,
  values: Readonly<Record<string, T | number>>,
): (string | T)[] {
  const elements: T[] = [];
  const plain = Object.entries(values).map(([key, value]) => {
    if (typeof value === "number" || typeof value === "string") return [key, value];
    elements.push(value);
    return [key, mark(elements.length - 1)];
  });
  const text = message(Object.fromEntries(plain) as never);
  return text.split(/([\u{f0000}-\u{ffffd}])/u).map((part) => elements[(part.codePointAt(0) ?? 0) - 0xf0000] ?? part);
}
