import type { texts as english } from "./en.ts";
import { createWhen, type When } from "./when.ts";

/** All words of the panel, and how times are said. */
export type Texts = Omit<typeof english, "whenWords"> & { readonly when: When };

/** The languages there are. */
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

/** Only the chosen language is fetched. */
export async function loadTexts(language: (typeof LANGUAGES)[number]): Promise<Texts> {
  const { texts } = language === "de" ? await import("./de.ts") : await import("./en.ts");
  const { whenWords, ...words } = texts;
  return { ...words, when: createWhen(whenWords) };
}
