import { html, nothing, type TemplateResult } from "lit";
import { face } from "./face.ts";
import type { Naming } from "./naming.ts";
import type { CardStranger, CardView } from "./view.ts";
import { type CardWords, formatDay } from "./words.ts";

/** Unknown people who came back, each with a button that asks for the name; what became of it stands in the same spot. */
export function strangersList(
  view: CardView,
  naming: Naming,
  words: CardWords,
  options: { readonly most: number; readonly now: Date; readonly language: string },
): TemplateResult | typeof nothing {
  const { state } = naming;
  const shown = view.strangers.slice(0, options.most);
  // The one just named is no longer among them, or may have come earlier than those shown.
  const named = state.kind === "none" ? null : state.stranger;
  const rows = named && !shown.some(({ id }) => id === named.id) ? [named, ...shown].slice(0, options.most) : shown;
  if (rows.length === 0) return nothing;
  return html`<ul class="last strangers" aria-label=${words.card.strangers}>
    ${rows.map((one) => html`<li>${named?.id === one.id ? current(view, naming, words) : row(one, view, naming, words, options)}</li>`)}
  </ul>`;
}

function row(
  stranger: CardStranger,
  view: CardView,
  naming: Naming,
  words: CardWords,
  { now, language }: { readonly now: Date; readonly language: string },
): TemplateResult {
  const { card, activity } = words;
  const who = activity.row.strangerNo({ n: stranger.number });
  const since = stranger.firstSeen ? formatDay(stranger.firstSeen, now, language) : "";
  const { visits, cameras } = stranger;
  const about =
    cameras.length === 1
      ? card.seen({ visits, camera: cameras[0] ?? "", since })
      : card.seenAtCameras({ visits, cameras: cameras.length, since });
  return html`<div class="row">
    ${face(stranger.picture, "s40")}
    <div><strong class="cut">${who}</strong><p class="small cut">${about}</p></div>
    <button class="press" ?disabled=${view.away} aria-label=${card.nameOf({ who })} @click=${() => naming.ask(stranger)}>
      ${activity.name}
    </button>
  </div>`;
}

/** The one that is being named: the field, or what became of it. */
function current(view: CardView, naming: Naming, words: CardWords): TemplateResult | typeof nothing {
  const { state } = naming;
  const { card, activity } = words;
  if (state.kind === "none") return nothing;
  const { stranger } = state;
  if (state.kind === "done") {
    return html`<div class="row" role="status" tabindex="-1">
      ${face(stranger.picture, "round s40")}
      <div><strong dir="auto">${card.named({ visits: stranger.visits, name: state.name })}</strong></div>
    </div>`;
  }
  const sent = state.kind === "sent";
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const field = (event.target as HTMLFormElement).querySelector("input");
    void naming.send(field?.value ?? "");
  };
  const key = (event: KeyboardEvent) => {
    // Home Assistant has keys of its own.
    event.stopPropagation();
    if (event.key === "Escape" && !sent) naming.cancel();
  };
  const who = activity.row.strangerNo({ n: stranger.number });
  return html`<form class="naming" @submit=${submit} @keydown=${key}>
    ${face(stranger.picture, "s40")}
    <input
      .value=${state.name}
      ?readonly=${sent}
      aria-label=${card.nameOf({ who })}
      placeholder=${who}
      list="names"
      maxlength="64"
      autocomplete="off"
      autocapitalize="words"
      enterkeyhint="done"
      dir="auto"
    />
    <datalist id="names">${view.names.map((name) => html`<option value=${name}></option>`)}</datalist>
    <button class="press" type="submit" ?disabled=${sent}>${sent ? card.saving : card.save}</button>
    ${sent ? nothing : html`<button class="press quiet" type="button" @click=${() => naming.cancel()}>${card.cancel}</button>`}
    ${state.kind === "asking" && state.error !== null ? html`<p class="bad" role="alert">${state.error}</p>` : nothing}
  </form>`;
}
