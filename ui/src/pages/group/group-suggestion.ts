import { html, type TemplateResult } from "lit";
import type { ClusterJson } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import { picture } from "../../components/picture.ts";
import { oncePressed } from "../once-pressed.ts";

type Suggestion = NonNullable<ClusterJson["suggestion"]>;

/** Whom a group looks like. */
export interface SuggestionCard {
  readonly suggestion: Suggestion;
  /** It was said that it is not this person. */
  readonly declined: boolean;
  readonly yes: () => Promise<void>;
  readonly compare: () => Promise<void>;
  readonly not: () => Promise<void>;
}

/**
 * Sure: one press says yes. Perhaps: yes only after comparing. Either way a press says that it is not this person, which is
 * remembered.
 */
export function groupSuggestion(app: App, { suggestion, declined, yes, compare, not }: SuggestionCard): TemplateResult {
  const words = app.t.group;
  const { person: who, level } = suggestion;
  const person = app.people.find(suggestion.person_id);
  const once = (run: () => Promise<void>) => (event: Event) => oncePressed(event.currentTarget as HTMLElement, run);
  return html`<section class="card like" aria-labelledby="like-title">
    ${picture(app.http, person?.portrait ?? person?.thumbnail ?? null, { round: true, size: "s56" })}
    <h2 id="like-title" class="cut" dir="auto">${level === "sure" ? words.sure({ who }) : words.perhaps({ who })}</h2>
    ${
      declined
        ? html`<p class="do said" role="status" dir="auto">${words.notSaid({ who })}</p>`
        : html`<div class="do">
            <button class="btn line" dir="auto" @click=${once(not)}>${words.not({ who })}</button>
            ${
              level === "sure"
                ? html`<button class="btn tonal" dir="auto" @click=${once(yes)}>${words.yes({ who })}</button>`
                : html`<button class="btn line" @click=${once(compare)}>${words.compare}</button>`
            }
          </div>`
    }
  </section>`;
}
