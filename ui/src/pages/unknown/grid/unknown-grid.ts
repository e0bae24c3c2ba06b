import { html, LitElement, nothing, type TemplateResult } from "lit";
import type { ClusterJson } from "../../../../../src/wire/out/schemas.ts";
import type { App } from "../../../app.ts";
import { createHold } from "../../../components/hold.ts";
import "../../../components/cells/cells.ts";
import type { Cell, Cells } from "../../../components/cells/cells.ts";
import type { NameChosen } from "../../../components/naming/name-field.ts";
import type { PersonChosen } from "../../../components/sheets/choose-person/choose-person.ts";
import { isSelected, type Selection, toSelected } from "../../../state/unknown/selection.ts";
import { Watch } from "../../../state/watch.ts";
import { ignoreGroups, mergeGroups, nameGroups } from "./actions.ts";
import { toCell } from "./cell.ts";
import { createDrag } from "./drag.ts";
import { focusNext, returnFocus } from "./focus-next.ts";
import { ghostOf, showHeld } from "./ghost.ts";
import { askName, createDrafts, nameCard } from "./naming.ts";
import type { Selecting } from "./selecting.ts";
import { selectionBar } from "./selection-bar.ts";
import { shelf } from "./shelf.ts";

/** The unknown faces as tiles, the people they can be dragged onto, and what can be done with those selected. */
export class UnknownGrid extends LitElement {
  static override properties = {
    app: { attribute: false },
    selecting: { attribute: false },
    label: { attribute: false },
    ends: { attribute: false },
    stamp: { attribute: false },
    namingId: { state: true },
  };
  declare app: App;
  declare selecting: Selecting;
  declare label: string;
  /** What comes after the last tile. */
  declare ends: TemplateResult;
  /** A new value draws again. */
  declare stamp: unknown;
  /** The group whose name field is open at its tile. */
  declare namingId: string | null;
  readonly #drafts = createDrafts();
  /** Where a range that is selected begins. */
  #anchor = 0;
  #candidates: { id: string; ask: () => ReturnType<App["clusters"]["candidates"]> } | null = null;
  #held: Selection = [];
  readonly #drag = createDrag(
    (person) => void this.#dropped(person),
    () => showHeld(this, []),
  );
  readonly #hold = createHold((target) => {
    const tile = target.closest<HTMLElement>("[data-at]");
    if (tile) this.#toggleAt(Number(tile.dataset.at));
  });

  constructor() {
    super();
    this.namingId = null;
    new Watch(this, () => [this.app.unknown.state, this.app.now, this.app.people.state]);
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override updated(): void {
    if (this.#cells) returnFocus(this.#cells, this.app.unknown.state.get());
  }

  /** Whether something would be lost if the tiles moved. */
  get busy(): boolean {
    return this.namingId !== null || this.selecting.on || this.contains(document.activeElement);
  }

  get #list(): readonly ClusterJson[] {
    return this.app.unknown.state.get().list;
  }

  get #cells(): Cells | null {
    return this.querySelector<Cells>("f-cells");
  }

  /** The group there, unless something was done to it. */
  #free(at: number): ClusterJson | null {
    const group = this.#list[at];
    return group && !this.app.unknown.state.get().done.has(group.id) ? group : null;
  }

  #toggleAt(at: number): void {
    const group = this.#free(at);
    if (!group) return;
    this.#anchor = at;
    this.selecting.toggle(group);
  }

  #extendTo(at: number): void {
    const [from, to] = [Math.min(at, this.#anchor), Math.max(at, this.#anchor)];
    const groups = Array.from({ length: to - from + 1 }, (_, one) => this.#free(from + one));
    this.selecting.extend(groups.filter((group) => group !== null));
  }

  /** What an action at this tile is about: all that is selected, if the tile is. */
  #about(group: ClusterJson): Selection {
    return isSelected(this.selecting.selection, group.id) ? this.selecting.selection : [toSelected(group)];
  }

  #click = (event: MouseEvent): void => {
    const tile = (event.target as HTMLElement).closest<HTMLElement>("[data-at]");
    if (!tile || this.#drag.dragged() || this.#hold.held()) return;
    const at = Number(tile.dataset.at);
    const group = this.#free(at);
    if (!group) return;
    if (event.shiftKey) this.#extendTo(at);
    else if (event.ctrlKey || event.metaKey || this.selecting.on) this.#toggleAt(at);
    else this.app.router.go({ page: "group", id: group.id });
  };

  #down = (event: PointerEvent): void => {
    const tile = (event.target as HTMLElement).closest<HTMLElement>("[data-at]");
    const group = tile && this.#free(Number(tile.dataset.at));
    if (!tile || !group) return;
    this.#hold.pointerdown(event);
    if (!matchMedia("(min-width: 1200px)").matches) return;
    this.#drag.down(event, () => {
      this.#held = this.#about(group);
      showHeld(this, this.#held);
      return ghostOf(this.app, tile, this.#held);
    });
  };

  async #dropped(id: string): Promise<void> {
    const groups = this.#held;
    const person = this.app.people.find(id) ?? null;
    if (person) await this.#name(groups, { name: person.name, person });
    else if (id === "") await this.#ask(groups);
  }

  #focusin = (event: FocusEvent): void => {
    const tile = (event.target as HTMLElement).closest<HTMLElement>("[data-at]");
    const cells = this.#cells;
    if (tile && cells) cells.active = Number(tile.dataset.at);
  };

  /** Handles a key of the page; true: handled. */
  onKey(event: KeyboardEvent): boolean {
    const tile = (event.target as HTMLElement).closest<HTMLElement>("[data-at]");
    const at = tile ? Number(tile.dataset.at) : -1;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key.startsWith("Arrow") || ((key === "Home" || key === "End") && tile)) return this.#move(at, event);
    if (key === "Escape" && this.selecting.on) this.selecting.stop();
    else return this.#tileKey(at, key);
    return true;
  }

  #move(at: number, event: KeyboardEvent): boolean {
    const cells = this.#cells;
    const to = at < 0 ? cells?.active : cells?.stepFrom(at, event.key);
    if (!cells || to === undefined || to === null) return false;
    if (event.shiftKey && at >= 0) {
      if (!this.selecting.on) this.#anchor = at;
      this.#extendTo(to);
    }
    void cells.focusAt(to);
    return true;
  }

  #tileKey(at: number, key: string): boolean {
    const group = this.#free(at);
    if (!group) return false;
    const groups = this.#about(group);
    if (key === "o") this.app.router.go({ page: "group", id: group.id });
    else if (key === " " || key === "x") this.#toggleAt(at);
    else if (key === "Enter" || key === "n") void this.#ask(groups);
    else if (key === "i") void ignoreGroups(this.app, groups, () => this.#goOn(groups));
    else if (key === "m" && groups.length > 1) void mergeGroups(this.app, groups, () => this.#goOn(groups));
    else return false;
    return true;
  }

  /** Asks for a name: at the tile where there is room, else in a sheet. */
  async #ask(groups: Selection): Promise<void> {
    const [only] = groups;
    const at = this.#list.findIndex(({ id }) => id === only?.id);
    if (only && groups.length === 1 && at >= 0 && matchMedia("(min-width: 900px)").matches) {
      this.namingId = only.id;
      await this.updateComplete;
      const field = this.querySelector<LitElement>(".namecard f-name");
      await field?.updateComplete;
      field?.focus();
      return;
    }
    const chosen = await askName(this.app, groups, this.#drafts);
    if (chosen) await this.#name(groups, chosen);
  }

  async #name(groups: Selection, chosen: PersonChosen): Promise<void> {
    const named = await nameGroups(this.app, groups, chosen, () => this.#goOn(groups));
    if (named) this.#drafts.forget(groups);
  }

  /** After something was done to groups: the focus goes on, and none of them is selected any more. */
  #goOn(groups: Selection): void {
    if (groups.some(({ id }) => isSelected(this.selecting.selection, id))) this.selecting.stop();
    this.namingId = null;
    const cells = this.#cells;
    if (cells) focusNext(cells, this.app.unknown.state.get(), groups);
  }

  #closeName = (): void => {
    const at = this.#list.findIndex(({ id }) => id === this.namingId);
    const inside = this.querySelector(".namecard")?.contains(document.activeElement) ?? false;
    this.namingId = null;
    if (inside) void this.#cells?.focusAt(at);
  };

  protected override render() {
    const { app, selecting } = this;
    return html`<div class="with">
        <div>
          <div
            class="grid-of"
            @click=${this.#click}
            @pointerdown=${this.#down}
            @dragstart=${(event: Event) => event.preventDefault()}
            @pointermove=${this.#hold.pointermove}
            @pointerup=${this.#hold.pointerup}
            @pointercancel=${this.#hold.pointerup}
            @contextmenu=${this.#hold.contextmenu}
            @focusin=${this.#focusin}
          >
            <f-cells
              .count=${app.unknown.state.get().count}
              .draw=${this.#cell}
              .need=${app.unknown.need}
              .label=${this.label}
              .selecting=${selecting.on}
              .stamp=${{}}
            ></f-cells>
            ${this.namingId === null ? nothing : this.#nameCard(this.namingId)}
          </div>
          ${this.ends}
        </div>
        ${this.#shelf(selecting.selection)}
      </div>
      ${selecting.on ? this.#bar(selecting) : nothing}`;
  }

  #cell = (at: number): Cell | null => {
    const group = this.#list[at];
    if (!group) return null;
    const done = this.app.unknown.state.get().done.get(group.id);
    return toCell(this.app, group, done, isSelected(this.selecting.selection, group.id));
  };

  #nameCard(id: string): TemplateResult | typeof nothing {
    const at = this.#list.findIndex((one) => one.id === id);
    const group = this.#free(at);
    const box = this.#cells?.boxOf(at);
    if (!group || !box) return nothing;
    // One function per group: the field asks again only for another one.
    if (this.#candidates?.id !== id) this.#candidates = { id, ask: () => this.app.clusters.candidates(id) };
    return nameCard(this.app, toSelected(group), box, {
      drafts: this.#drafts,
      candidates: this.#candidates.ask,
      chosen: ({ name, person }: NameChosen) => void this.#name([toSelected(group)], { name, person }),
      close: this.#closeName,
    });
  }

  #shelf(selection: Selection): TemplateResult {
    return shelf(this.app, selection.length > 0, {
      person: (person) => {
        if (selection.length > 0) void this.#name(selection, { name: person.name, person });
        else this.app.router.go({ page: "person", id: person.person_id });
      },
      fresh: () => void this.#ask(selection),
    });
  }

  #bar({ selection, odd, stop }: Selecting): TemplateResult {
    const { app } = this;
    return selectionBar(app, selection, odd, {
      stop,
      name: () => void this.#ask(selection),
      merge: () => void mergeGroups(app, selection, () => this.#goOn(selection)),
      ignore: () => void ignoreGroups(app, selection, () => this.#goOn(selection)),
    });
  }
}

customElements.define("f-unknown-grid", UnknownGrid);
