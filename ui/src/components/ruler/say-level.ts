import type { Texts } from "../../texts/load.ts";
import type { Ruler } from "./ruler.ts";

/**
 * What the ruler says of a group and a person. Sure: the ruler's own words; `perhaps` is a question, whatever the distance;
 * null: it is too far away, or too few of its faces agree.
 */
export function sayLevel(t: Texts, who: string, level: "sure" | "perhaps" | null): Ruler["say"] {
  if (level === "sure") return undefined;
  return level === "perhaps"
    ? { text: t.ruler.perhaps({ who }), tone: "unsure" }
    : { text: t.ruler.nobody, tone: "none" };
}
