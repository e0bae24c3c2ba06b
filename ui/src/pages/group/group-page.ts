import { html, nothing, type PropertyValues } from "lit";
import { createHold } from "../../components/hold.ts";
import { openPhoto } from "../../components/lightbox/open-photo.ts";
import { type Choice, createChoice } from "../../state/group/choice.ts";
import { createGroup, type Group, type GroupOrder } from "../../state/group/group.ts";
import { type GroupFace, toRange } from "../../state/group/photos.ts";
import { onThumbnails, withThumbnails } from "../../state/thumbnails.ts";
import { createReturn } from "../../state/unknown/return.ts";
import { Watch } from "../../state/watch.ts";
import { moveFocus } from "../move-focus.ts";
import { notFound } from "../not-found.ts";
import { Page } from "../page.ts";
import { createDoing, type Doing } from "./group-doing.ts";
import "./group-page.css";
import { nextOf } from "../unknown/grid/focus-next.ts";
import { groupView } from "./group-view.ts";

/** What the page has of the group that it shows. */
interface Opened {
  readonly group: Group;
  readonly choice: Choice;
  readonly doing: Doing;
  stop(): void;
}

/** One group: its photos, least alike first, and what can be done with them at the thumb. */
export class GroupPage extends Page {
  static override properties = { ...Page.properties, order: { state: true }, active: { state: true } };
  declare order: GroupOrder;
  /** The photo that was touched last. */
  declare active: number | null;
  #opened: Opened | null = null;
  #stops: (() => void)[] = [];
  readonly #hold = createHold((target) => this.#open(Number(target.closest<HTMLElement>("[data-item]")?.dataset.item)));

  constructor() {
    super();
    this.order = "least_alike";
    this.active = null;
    new Watch(this, () => [this.app.now, this.app.people.state]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.app.people.wanted();
    this.#stops = [
      // After an undo, or naming elsewhere.
      this.app.live.on("clusters", () => {
        if (this.#opened && !this.#opened.doing.state.get().busy) void this.#opened.doing.refresh();
      }),
      onThumbnails(this.app.live, (made) => this.#opened?.group.update((faces) => withThumbnails(faces, made))),
    ];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#opened?.stop();
    for (const stop of this.#stops) stop();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get("route");
    if (changed.has("route") && (before?.page !== "group" || before.id !== this.#id())) this.#begin();
  }

  #id(): string {
    return this.route.page === "group" ? this.route.id : "";
  }

  #begin(): void {
    this.#opened?.stop();
    this.active = null;
    const group = createGroup(this.app.clusters, this.#id());
    const choice = createChoice(this.#id());
    const doing = createDoing(this.app, {
      group,
      choice,
      order: () => this.order,
      focus: (face) => this.#focusOn(face),
      leave: () => {
        if (this.isConnected) this.#leave();
      },
    });
    const stops = [group, choice, doing].map(({ state }) => state.subscribe(() => this.requestUpdate()));
    this.#opened = {
      group,
      choice,
      doing,
      stop() {
        group.stop();
        for (const stop of stops) stop();
      },
    };
    void group.load(this.order);
    createReturn().set(this.#id());
  }

  /** The group is done with: the next one is gone on with. */
  #leave(): void {
    const { list, done } = this.app.unknown.state.get();
    const next = list[nextOf({ list, done }, [{ id: this.#id() }])];
    createReturn().set(next?.id);
    this.app.router.go({ page: "unknown" });
  }

  #focusOn(face: number | null): void {
    void this.updateComplete.then(() => {
      const tile = this.querySelector<HTMLElement>(`[data-item="${face}"]`) ?? this.querySelector<HTMLElement>("h1");
      tile?.focus({ preventScroll: true });
    });
  }

  #press({ group, choice }: Opened, { face_id: id }: GroupFace, event: MouseEvent): void {
    const from = this.active;
    this.active = id;
    const { faces, left } = group.state.get();
    if (left.has(id)) return;
    if (event.shiftKey && from !== null) choice.select(toRange(faces, from, id));
    else choice.toggle(id);
  }

  #open(id: number | null): void {
    const faces = this.#opened?.group.state.get().faces ?? [];
    const at = faces.findIndex((face) => face.face_id === id);
    if (at < 0) return;
    this.active = id;
    void openPhoto(this.app, { faces, at, strip: this.app.t.group.photos });
  }

  #reorder(group: Group, order: GroupOrder): void {
    this.order = order;
    void group.load(order);
  }

  override onKey(event: KeyboardEvent): boolean {
    const opened = this.#opened;
    if (!opened) return false;
    const { choice, doing } = opened;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key.startsWith("Arrow")) return this.#moveFocus(choice, key, event.shiftKey);
    const item = document.activeElement?.closest<HTMLElement>("[data-item]");
    const face = item ? Number(item.dataset.item) : this.active;
    if (key === " " && item) choice.toggle(Number(item.dataset.item));
    else if (key === "x") this.#toggleOut(opened, face);
    else if (key === "n" || (key === "Enter" && item)) this.#type(choice, choice.state.get().draft ?? "");
    else if (key === "m") void doing.move();
    else if (key === "i") void doing.ignore();
    else if (key === "o" && face !== null) this.#open(face);
    else if (key === "Escape") this.#escape(choice);
    else return false;
    return true;
  }

  #moveFocus(choice: Choice, key: string, extend: boolean): boolean {
    const before = this.active;
    const moved = moveFocus(this, key);
    const item = document.activeElement?.closest<HTMLElement>("[data-item]");
    if (!moved || !item) return moved;
    this.active = Number(item.dataset.item);
    if (extend) choice.select([before ?? this.active, this.active]);
    return true;
  }

  #toggleOut({ choice, doing, group }: Opened, face: number | null): void {
    const { selected, out } = choice.state.get();
    const faces = selected.size > 0 ? [...selected] : face === null || group.state.get().left.has(face) ? [] : [face];
    doing.take(faces, !faces.every((id) => out.has(id)));
  }

  /** What is typed; null: the buttons again. */
  #type(choice: Choice, draft: string | null): void {
    const opens = choice.state.get().draft === null;
    choice.type(draft);
    if (draft === null) this.#focusOn(this.active);
    else if (opens) void this.updateComplete.then(() => this.querySelector<HTMLElement>(".dock f-name")?.focus());
  }

  #escape(choice: Choice): void {
    const { selected, draft } = choice.state.get();
    if (draft !== null) this.#type(choice, null);
    else if (selected.size > 0) choice.clear();
    else this.app.router.go({ page: "unknown" });
  }

  protected override render() {
    const opened = this.#opened;
    if (!opened) return nothing;
    const { cluster, error } = opened.group.state.get();
    const { t } = this.app;
    if (error) {
      const words = { gone: t.group.goneTitle, goneHint: t.group.goneHint, back: t.group.back };
      return notFound(this.app, error, words, { page: "unknown" }, () => void opened.group.load(this.order));
    }
    if (!cluster) return html`<p class="sr" role="status">${t.common.loading}</p>`;
    return groupView(this.app, cluster, {
      ...opened,
      order: this.order,
      active: this.active,
      hold: this.#hold,
      press: (face, event) => this.#press(opened, face, event),
      open: (face) => this.#open(face),
      reorder: (order) => this.#reorder(opened.group, order),
      type: (draft) => this.#type(opened.choice, draft),
      focus: (face) => this.#focusOn(face),
    });
  }
}

customElements.define("f-group", GroupPage);
