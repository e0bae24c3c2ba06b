import type { texts as english } from "./en.ts";
import { createWhen, type When } from "./when.ts";

/** All texts of the panel, and the formatting of times. */
export type Texts = Omit<typeof english, "whenWords"> & { readonly when: When };

/** Available languages. */
export const LANGUAGES = ["en", "de"] as const;

/** `?lang=` wins, then the browser's languages in their order, then English. */
export function chooseLanguage(search: string, preferred: readonly string[]): (typeof LANGUAGES)[number] {
  const asked = new URLSearchParams(search).get("lang");
  for (const wish of [asked, ...preferred]) {
    const found = LANGUAGES.find((language) => wish?.toLowerCase().split("-")[0] === language);
    if (found) return found;
  }
  return "en";
}

/** Loads only the chosen language. */
export async function loadTexts(language: (typeof LANGUAGES)[number]): Promise<Texts> {
  const { texts } = language === "de" ? await import("./de.ts") : await import("./en.ts");
  const { whenWords, ...words } = texts;
  return { ...words, when: createWhen(whenWords) };
}
