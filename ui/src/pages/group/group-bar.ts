import { html, nothing, type TemplateResult } from "lit";
import type { ClusterCandidate } from "../../api/clusters.ts";
import type { App } from "../../app.ts";
import { type Action, actionBar } from "../../components/action-bar.ts";
import { icon } from "../../components/icon.ts";
import type { NameChosen } from "../../components/naming/name-field.ts";
import "../../components/naming/name-field.ts";
import { picture } from "../../components/picture.ts";
import type { GroupFace } from "../../state/group/photos.ts";

const PICTURES = 3;

/** What the bar acts on, and what it does. */
export interface GroupBar {
  readonly size: number;
  readonly selected: readonly GroupFace[];
  readonly out: ReadonlySet<number>;
  /** Two people are proposed: naming all of them is not the likely thing to do. */
  readonly splits: boolean;
  readonly busy: boolean;
  /** Why the last one failed. */
  readonly refused: string | null;
  /** What is typed; null: not naming. */
  readonly draft: string | null;
  readonly candidates: () => Promise<readonly ClusterCandidate[]>;
  readonly named: (chosen: NameChosen) => void;
  readonly typed: (draft: string | null) => void;
  readonly move: () => void;
  readonly ignore: () => void;
  /** Takes the selected ones out, or puts them back. */
  readonly take: (out: boolean) => void;
  readonly clear: () => void;
  readonly putBack: () => void;
}

/** The bar at the thumb: it acts on the selected photos, else on all that are not taken out. */
export function groupBar(app: App, bar: GroupBar): TemplateResult {
  const { size, selected, out, refused, draft } = bar;
  const words = app.t.group;
  const n = selected.length > 0 ? selected.length : size - out.size;
  const isRest = selected.length === 0 && out.size > 0;
  const title =
    selected.length > 0
      ? words.selected({ n, of: size })
      : isRest
        ? words.rest({ n, of: size })
        : words.all({ n: size });
  const about = selected.length > 0 ? words.stay({ n: size - n }) : isRest ? words.outs({ n: out.size }) : "";
  if (draft !== null) return naming(app, bar, { n, title, about, draft });
  const pictures =
    selected.length > 0
      ? html`<span class="strip">${selected.slice(0, PICTURES).map((face) => picture(app.http, face.thumbnail, { size: "s40" }))}</span>`
      : null;
  const close =
    selected.length > 0
      ? { label: words.clear, run: bar.clear }
      : isRest
        ? { label: words.putBack, run: bar.putBack }
        : null;
  return actionBar({
    label: words.do,
    title,
    about,
    note: refused,
    ...(pictures ? { pictures } : {}),
    ...(close ? { close } : {}),
    actions: toActions(app, bar, n),
  });
}

function toActions(
  app: App,
  { selected, out, splits, busy, typed, move, ignore, take }: GroupBar,
  n: number,
): Action[] {
  const words = app.t.group;
  const disabled = busy || n === 0;
  const isSelected = selected.length > 0;
  const areOut = isSelected && selected.every(({ face_id }) => out.has(face_id));
  const takeOut: Action = areOut
    ? { icon: "undo", label: words.putBack, run: () => take(false), main: true }
    : { icon: "close", label: words.takeOut, run: () => take(true), main: true, disabled };
  return [
    { icon: "edit", label: words.name, run: () => typed(""), main: !isSelected && !splits, disabled },
    { icon: "move", label: words.move, run: move, disabled },
    ...(isSelected ? [takeOut] : []),
    { icon: "ignore", label: words.ignore, run: ignore, disabled },
  ];
}

function naming(
  app: App,
  { busy, refused, candidates, named, typed }: GroupBar,
  {
    n,
    title,
    about,
    draft,
  }: { readonly n: number; readonly title: string; readonly about: string; readonly draft: string },
): TemplateResult {
  const words = app.t.group;
  // The list under the field closes with the focus, and the button would go from under the finger.
  const stay = (event: Event) => event.preventDefault();
  return html`<div class="dock low" role="region" aria-label=${words.do}>
    <div class="top">
      <p class="cut"><b>${title}</b>${about ? html`<small>${about}</small>` : nothing}</p>
      <button class="btn plain" @mousedown=${stay} @click=${() => typed(null)}>${app.t.common.cancel}</button>
    </div>
    ${refused ? html`<p class="note" role="alert">${icon("warn")}${refused}</p>` : nothing}
    <f-name
      primary
      .app=${app}
      .faces=${n}
      .busy=${busy}
      .draft=${draft}
      .placeholder=${words.whoIs}
      .label=${words.nameFor({ n })}
      .candidates=${candidates}
      @draft=${(event: CustomEvent<string>) => typed(event.detail)}
      @chosen=${(event: CustomEvent<NameChosen>) => named(event.detail)}
    ></f-name>
  </div>`;
}
