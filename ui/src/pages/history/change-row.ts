import { html, nothing, type TemplateResult } from "lit";
import type { App } from "../../app.ts";
import { type IconName, icon } from "../../components/icon.ts";
import { openPhoto } from "../../components/lightbox/open-photo.ts";
import { picture } from "../../components/picture.ts";
import type { ChangeLine } from "../../state/history/change-lines.ts";
import type { ChangeEntry } from "../../state/history/changes.ts";
import { changeParts, changeText } from "../../texts/change-words.ts";

const ICONS: Readonly<Record<string, IconName>> = {
  rename: "edit",
  merge: "merge",
  delete: "bin",
  erase: "bin",
  registry: "disk",
  re_encode: "again",
};

interface RowState {
  /** The change that has to be undone first, where it is shown. */
  readonly later: ChangeEntry | null;
  readonly busy: boolean;
  readonly failure: unknown;
}

/** A change: what, who, when, its photos, and the way back, or why there is none. */
export function changeRow(
  app: App,
  { change, top, bottom }: Extract<ChangeLine, { kind: "change" }>,
  { busy, failure, later }: RowState,
  swap: () => void,
): TemplateResult {
  const words = app.t.history;
  const isUndone = change.undone_at !== null;
  const why = failure === undefined ? change.blocked : app.explain(failure);
  return html`<div class="ch ${top ? "top" : ""} ${bottom ? "bottom" : ""} ${isUndone ? "undone" : ""} ${why === null ? "" : "why"}">
    ${pictures(app, change)}
    <p class="what">${changeParts(app.t, change, (name) => html`<b dir="auto">${name}</b>`)}</p>
    <p class="by">${by(app, change)}</p>
    <div class="end">
      ${
        change.blocked === null
          ? html`<button
              class="btn line"
              data-item=${change.id}
              aria-label=${(isUndone ? words.redoOf : words.undoOf)({ what: changeText(app.t, change) })}
              aria-disabled=${busy}
              @click=${swap}
            >
              ${icon(isUndone ? "redo" : "undo")}${isUndone ? app.t.common.redo : app.t.common.undo}
            </button>`
          : nothing
      }
      ${
        why === null
          ? nothing
          : html`<p dir="auto" role=${failure === undefined ? nothing : "alert"}>
              ${
                later && failure === undefined
                  ? html`<button class="link" @click=${() => focusChange(later)}>${words.first({ what: changeText(app.t, later) })}</button>`
                  : (isUndone ? words.cannotRedo : words.cannot)({ why })
              }
            </p>`
      }
    </div>
  </div>`;
}

function focusChange({ id }: ChangeEntry): void {
  const button = document.querySelector<HTMLElement>(`f-history [data-item="${id}"]`);
  button?.focus();
  button?.scrollIntoView({ block: "center" });
}

/** Who changed it and when, and when it was undone. */
function by(app: App, { via, user, at, undone_at }: ChangeEntry): string {
  const words = app.t.history;
  const now = app.now.get();
  const way = words.via[via ?? "unknown"];
  const who = user === null ? way : via === "panel" ? user : `${way} (${user})`;
  const text = words.by({ who, time: app.t.when.time(new Date(at)) });
  return undone_at === null
    ? text
    : `${text}. ${words.undoneAt({ when: app.t.when.dayAndTime(new Date(undone_at), now) })}`;
}

/** A photo, and before it whom it is about. */
function pictures(app: App, change: ChangeEntry): TemplateResult {
  const { faces, people } = change;
  const [face] = faces;
  const known = people.map(({ person_id }) => app.people.find(person_id)).find((person) => person != null);
  const person = known ? picture(app.http, known.thumbnail, { round: true }) : nothing;
  if (!face) {
    if (known) return html`<span class="pics one">${person}</span>`;
    return html`<span class="pics one"><span class="sign">${icon(ICONS[change.action] ?? "face")}</span></span>`;
  }
  const open = () => void openPhoto(app, { faces });
  return html`<button
    class="pics ${known ? "" : "one"}"
    aria-label=${app.t.history.photosOf({ what: changeText(app.t, change) })}
    @click=${open}
  >
    ${picture(app.http, face.thumbnail)}${person}
  </button>`;
}
