import * as compiled from "virtual:messages/card";
import { toMessages } from "../texts/compiled.ts";
import type { Messages } from "../texts/messages.ts";

type Row = Pick<Messages["activity"]["row"], "stranger" | "strangerNo">;

/** The card's texts: its own, and those that it shares with the panel. */
export interface CardWords {
  readonly card: Messages["card"];
  readonly when: Messages["when"];
  readonly activity: { readonly name: string; readonly row: Row };
}

const LANGUAGES = toMessages<Readonly<Record<string, CardWords>>>(compiled);

/** Texts for a language tag such as `de` or `de-AT`; English if there are none. */
export function wordsOf(language: string): CardWords {
  const { [language.toLowerCase().split("-")[0] ?? ""]: words, en } = LANGUAGES;
  if (!en) throw new Error("the card was built without English");
  return words ?? en;
}

const DAY_MS = 86_400_000;

/** "now", "4 min ago", "18:20", "yesterday", "Sunday", "3 Feb". */
export function formatWhen(time: Date, now: Date, language: string): string {
  const words = wordsOf(language).when;
  const minutes = Math.floor((now.getTime() - time.getTime()) / 60_000);
  if (minutes < 1) return words.now;
  if (minutes < 60) return words.minutesAgo({ minutes });
  return daysBefore(time, now) === 0
    ? new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit" }).format(time)
    : formatDay(time, now, language);
}

/** "today", "yesterday", "Sunday", "3 Feb". */
export function formatDay(time: Date, now: Date, language: string): string {
  const words = wordsOf(language).when;
  const days = daysBefore(time, now);
  if (days === 0) return words.today;
  if (days === 1) return words.yesterday;
  const options = days < 7 ? ({ weekday: "long" } as const) : ({ day: "numeric", month: "short" } as const);
  return new Intl.DateTimeFormat(language, options).format(time);
}

function daysBefore(time: Date, now: Date): number {
  const midnight = (date: Date): number => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  // Rounded: daylight saving time makes days of 23 or 25 hours.
  return Math.round((midnight(now) - midnight(time)) / DAY_MS);
}
