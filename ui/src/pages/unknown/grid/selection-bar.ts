import { html, type TemplateResult } from "lit";
import type { App } from "../../../app.ts";
import { actionBar } from "../../../components/action-bar.ts";
import { bestPicture, picture } from "../../../components/picture.ts";
import { photosOf, type Selection } from "../../../state/unknown/selection.ts";
import { titleOf } from "./cell.ts";

const PICTURES = 3;

/** What is selected, which of them differs from the others, and what can be done with all of them. */
export function selectionBar(
  app: App,
  selection: Selection,
  odd: string | null,
  actions: {
    readonly stop: () => void;
    readonly name: () => void;
    readonly merge: () => void;
    readonly ignore: () => void;
  },
): TemplateResult {
  const words = app.t.unknown.bar;
  const none = selection.length === 0;
  const differs = selection.find(({ id }) => id === odd);
  const latest = selection.slice(-PICTURES);
  // The one that differs is always among the pictures.
  const shown = !differs || latest.includes(differs) ? latest : [differs, ...latest.slice(1)];
  const title = (one: Selection[number]) => `${titleOf(app, one)}, ${app.t.count.photos({ n: one.size })}`;
  return actionBar({
    label: words.label,
    title: none ? words.none : words.selected({ n: selection.length }),
    about: none ? words.hint : app.t.count.photos({ n: photosOf(selection) }),
    pictures: html`<span class="strip"
      >${shown.map(
        (one) =>
          html`<span class=${one === differs ? "odd" : ""}>${picture(app.http, bestPicture(one.representatives), { size: "s40" })}</span>`,
      )}</span
    >`,
    note: differs ? words.differs({ what: title(differs) }) : null,
    close: { label: app.t.common.cancel, run: actions.stop },
    actions: [
      { icon: "edit", label: words.name, main: true, disabled: none, run: actions.name },
      { icon: "merge", label: words.merge, disabled: selection.length < 2, run: actions.merge },
      { icon: "ignore", label: words.ignore, disabled: none, run: actions.ignore },
    ],
  });
}
