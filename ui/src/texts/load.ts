import { type CompiledMessages, toMessages } from "./compiled.ts";
import { createFormat, type Format } from "./format.ts";
import type { Messages } from "./messages.ts";
import { createWhen, type When } from "./when.ts";

/** All texts of the panel, and the formatting of numbers and times. */
export type Texts = Omit<Messages, "when"> & {
  readonly lang: Language;
  readonly format: Format;
  readonly when: When;
};

/** Available languages. */
export const LANGUAGES = ["en", "de", "es", "fr", "it", "nl", "pl"] as const;
export type Language = (typeof LANGUAGES)[number];

/** Where a language is written differently elsewhere: days before months, 24 hours. */
const LOCALES: Readonly<Partial<Record<Language, string>>> = { en: "en-GB" };

const LOAD: Readonly<Record<Language, () => Promise<CompiledMessages>>> = {
  en: () => import("virtual:messages/en"),
  de: () => import("virtual:messages/de"),
  es: () => import("virtual:messages/es"),
  fr: () => import("virtual:messages/fr"),
  it: () => import("virtual:messages/it"),
  nl: () => import("virtual:messages/nl"),
  pl: () => import("virtual:messages/pl"),
};

/** `?lang=` wins, then the browser's languages in their order, then English. */
export function chooseLanguage(search: string, preferred: readonly string[]): Language {
  const asked = new URLSearchParams(search).get("lang");
  for (const wish of [asked, ...preferred]) {
    const found = LANGUAGES.find((language) => wish?.toLowerCase().split("-")[0] === language);
    if (found) return found;
  }
  return "en";
}

/** Loads only the chosen language. */
export async function loadTexts(lang: Language): Promise<Texts> {
  const compiled = await LOAD[lang]();
  const locale = LOCALES[lang] ?? lang;
  const { when, ...messages } = toMessages<Messages>(compiled);
  return {
    ...messages,
    lang,
    format: createFormat(locale),
    when: createWhen({
      ...when,
      locale,
      minutesAgo: (minutes) => when.minutesAgo({ minutes }),
      at: (day, time) => when.at({ day, time }),
      named: (day, full) => when.named({ day, full }),
    }),
  };
}
