import { html, type TemplateResult } from "lit";
import type { App } from "../../../app.ts";
import type { NameChosen } from "../../../components/naming/name-field.ts";
import { bestPicture, picture } from "../../../components/picture.ts";
import type { PersonChosen } from "../../../components/sheets/choose-person/choose-person.ts";
import "../../../components/naming/name-field.ts";
import { createKept } from "../../../state/kept.ts";
import { photosOf, type Selection } from "../../../state/unknown/selection.ts";

/** Half-typed names; they survive a reload. */
export interface Drafts {
  text(groups: Selection): string;
  keep(groups: Selection, text: string): void;
  /** Forgets what was typed for them. */
  forget(groups: Selection): void;
}

const MOST = 50;
const key = (groups: Selection): string => groups.map(({ id }) => id).join(" ");

export function createDrafts(): Drafts {
  const kept = createKept<readonly (readonly [string, string])[]>("unknown.names");
  let drafts = new Map(kept.get() ?? []);
  function put(name: string, text: string): void {
    drafts.delete(name);
    if (text.trim() !== "") drafts.set(name, text);
    drafts = new Map([...drafts].slice(-MOST));
    kept.set(drafts.size > 0 ? [...drafts] : undefined);
  }
  return {
    text: (groups) => drafts.get(key(groups)) ?? "",
    keep: (groups, text) => put(key(groups), text),
    forget: (groups) => put(key(groups), ""),
  };
}

/** Who groups may be, nearest first. */
async function near(app: App, groups: Selection) {
  const [only] = groups;
  if (!only) return [];
  if (groups.length === 1) return app.clusters.candidates(only.id);
  return (await app.clusters.compare(groups.map(({ id }) => id))).candidates;
}

/** Asks in a sheet who groups are; null: closed without an answer. */
export async function askName(app: App, groups: Selection, drafts: Drafts): Promise<PersonChosen | null> {
  const { choosePerson } = await import("../../../components/sheets/choose-person-sheet.ts");
  const [first] = groups;
  return choosePerson(app, {
    title: app.t.unknown.naming.title({ n: groups.length }),
    about: app.t.count.photos({ n: photosOf(groups) }),
    pictures: html`<span class="strip"
      >${groups.slice(0, 3).map((one) => picture(app.http, bestPicture(one.representatives), { size: first === one && groups.length === 1 ? "s56" : "s44" }))}</span
    >`,
    candidates: near(app, groups).catch(() => []),
    draft: { text: drafts.text(groups), keep: (text) => drafts.keep(groups, text) },
  });
}

/** The name field at a tile. `box`: where the tile is, px from the grid's own top left. */
export function nameCard(
  app: App,
  group: Selection[number],
  box: { readonly left: number; readonly bottom: number },
  options: {
    readonly drafts: Drafts;
    readonly candidates: () => ReturnType<App["clusters"]["candidates"]>;
    readonly chosen: (chosen: NameChosen) => void;
    readonly close: () => void;
  },
): TemplateResult {
  const words = app.t.unknown.naming;
  // Before the field clears itself: what was typed is kept.
  const leaving = {
    capture: true,
    handleEvent(event: KeyboardEvent): void {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      options.close();
    },
  };
  const leave = (event: FocusEvent): void => {
    const to = event.relatedTarget;
    // A dialog that asks something about the name gives the focus back.
    if (app.sheet.get() === null && to instanceof Node && !(event.currentTarget as HTMLElement).contains(to))
      options.close();
  };
  return html`<div
    class="card namecard"
    .style=${`--left:${Math.round(box.left)}px;top:${Math.round(box.bottom + 8)}px`}
    @keydown=${leaving}
    @focusout=${leave}
  >
    <f-name
      primary
      .app=${app}
      .faces=${group.size}
      .placeholder=${words.title({ n: 1 })}
      .label=${words.label({ n: group.size })}
      .draft=${options.drafts.text([group])}
      .candidates=${options.candidates}
      @draft=${(event: CustomEvent<string>) => options.drafts.keep([group], event.detail)}
      @chosen=${(event: CustomEvent<NameChosen>) => options.chosen(event.detail)}
    ></f-name>
  </div>`;
}
