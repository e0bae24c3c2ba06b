import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import type { ClusterJson, FaceJson } from "../../../../src/wire/out/schemas.ts";
import type { ClusterCandidate } from "../../api/clusters.ts";
import { RequestFailed } from "../../api/problem.ts";
import { aboutGroup } from "../../components/group-card.ts";
import { hints } from "../../components/hints.ts";
import { icon } from "../../components/icon.ts";
import { estimateLine, facesLine } from "../../components/lists/faces-lines.ts";
import type { NameChosen } from "../../components/naming/name-field.ts";
import "../../components/naming/name-field.ts";
import "../../components/lists/rows.ts";
import { refusal } from "../../components/refusal.ts";
import { splitProposal } from "../../components/split-proposal.ts";
import { type FacesLine, toFacesLines } from "../../state/people/faces-by-day.ts";
import type { Route } from "../../state/router.ts";
import { onThumbnails, withThumbnails } from "../../state/thumbnails.ts";
import { sameSplit } from "../../state/unknown/piles.ts";
import { toAlike } from "../../state/unknown/tightness.ts";
import { Watch } from "../../state/watch.ts";
import { groupLook } from "./group-look.ts";
import "./group-page.css";
import { moveFocus } from "../move-focus.ts";
import { notFound } from "../not-found.ts";
import { Page } from "../page.ts";
import { candidatesOf, ignoreGroups, nameGroups } from "../unknown/naming.ts";

const PAGE = 500;

/** One group: all faces by day and camera, the chosen one in its frame, and the name field. */
export class GroupPage extends Page {
  static override properties = {
    ...Page.properties,
    cluster: { state: true },
    faces: { state: true },
    chosen: { state: true },
    out: { state: true },
    candidates: { state: true },
    failure: { state: true },
    naming: { state: true },
  };
  declare cluster: ClusterJson | null;
  declare faces: readonly FaceJson[];
  declare chosen: number | null;
  /** Faces taken out, which will not get the name. */
  declare out: ReadonlySet<number>;
  declare candidates: readonly ClusterCandidate[] | null;
  declare failure: unknown;
  declare naming: boolean;
  #cursor: string | null = null;
  #loading: AbortController | null = null;
  #lines: { of: readonly FaceJson[]; lines: FacesLine[] } = { of: [], lines: [] };
  #stops: (() => void)[] = [];

  constructor() {
    super();
    this.#clear();
    new Watch(this, () => [this.app.now, this.app.people.state]);
  }

  #clear(): void {
    this.cluster = null;
    this.faces = [];
    this.chosen = null;
    this.out = new Set();
    this.candidates = null;
    this.failure = null;
    this.naming = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.app.people.wanted();
    this.app.waiting.wanted();
    // After an undo, or naming elsewhere: check whether it is still the same group.
    this.#stops = [
      this.app.live.on("clusters", () => void this.#checkStillTheSame()),
      onThumbnails(this.app.live, (made) => {
        this.faces = withThumbnails(this.faces, made);
      }),
    ];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#loading?.abort();
    for (const stop of this.#stops) stop();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get("route") as Route | undefined;
    if (changed.has("route") && (before as { id?: string } | undefined)?.id !== this.#id()) {
      this.#clear();
      void this.#load();
    }
  }

  #id(): string {
    return this.route.page === "group" ? this.route.id : "";
  }

  async #load(): Promise<void> {
    this.#loading?.abort();
    const loading = new AbortController();
    this.#loading = loading;
    this.failure = null;
    try {
      const { faces, next_cursor, ...cluster } = await this.app.clusters.one(this.#id(), {
        limit: PAGE,
        signal: loading.signal,
      });
      if (loading.signal.aborted) return;
      this.cluster = cluster;
      this.faces = faces;
      this.#cursor = next_cursor;
      const there = new Set(faces.map((face) => face.face_id));
      if (next_cursor === null) this.out = new Set([...this.out].filter((id) => there.has(id)));
      if (this.chosen === null || !there.has(this.chosen)) {
        this.chosen = cluster.representatives[0]?.face_id ?? faces[0]?.face_id ?? null;
      }
      this.candidates = await candidatesOf(this.app, cluster.id);
    } catch (error) {
      if (!loading.signal.aborted) this.failure = error;
    }
  }

  async #checkStillTheSame(): Promise<void> {
    if (this.naming || !this.cluster) return;
    try {
      const { split } = await this.app.clusters.one(this.#id(), { limit: 1 });
      if (this.cluster && !sameSplit(this.cluster.split, split)) await this.#load();
    } catch (error) {
      if (error instanceof RequestFailed && error.status === 404 && !this.naming) {
        this.cluster = null;
        this.failure = error;
      }
    }
  }

  #more = async (): Promise<void> => {
    const cursor = this.#cursor;
    const loading = this.#loading;
    if (cursor === null || !loading) return;
    this.#cursor = null;
    try {
      const page = await this.app.clusters.one(this.#id(), { limit: PAGE, cursor, signal: loading.signal });
      if (loading.signal.aborted) return;
      this.faces = [...this.faces, ...page.faces];
      this.#cursor = page.next_cursor;
    } catch (error) {
      if (loading.signal.aborted) return;
      this.#cursor = cursor;
      this.app.complain(error);
    }
  };

  #toggle(id: number | null): void {
    if (id === null) return;
    const out = new Set(this.out);
    if (!out.delete(id)) out.add(id);
    this.out = out;
  }

  override onKey(event: KeyboardEvent): boolean {
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key.startsWith("Arrow")) {
      const moved = moveFocus(this, key);
      const item = document.activeElement?.closest<HTMLElement>("[data-item]");
      if (moved && item) this.chosen = Number(item.dataset.item);
      return moved;
    }
    if (key === "x") this.#toggle(this.chosen);
    else if (key === "n") this.querySelector<HTMLElement>(".dock f-name")?.focus();
    else if (key === "i") void this.#ignore();
    else if (key === "Escape") this.app.router.go({ page: "unknown" });
    else return false;
    return true;
  }

  async #ignore(): Promise<void> {
    const { cluster } = this;
    if (!cluster) return;
    this.naming = true;
    this.app.router.go({ page: "unknown" });
    await ignoreGroups(this.app, [cluster]);
  }

  async #name(chosen: NameChosen): Promise<void> {
    const { cluster } = this;
    if (!cluster || this.naming) return;
    this.naming = true;
    const done = await nameGroups(this.app, [cluster], chosen, { exclude: [...this.out] });
    // Discover shows the result and what to do next.
    if (!done) this.naming = false;
    else if (this.isConnected) this.app.router.go({ page: "unknown" });
  }

  protected override render() {
    const { cluster } = this;
    if (this.failure)
      return notFound(this.app, this.failure, this.app.t.discover.group, { page: "unknown" }, () => void this.#load());
    if (!cluster) return html`<p class="sr" role="status">${this.app.t.common.loading}</p>`;
    const words = this.app.t.discover;
    return html`<header class="head">
        <div class="crumbs">
          <a class="crumb" href=${this.app.router.href({ page: "unknown" })}>${icon("back")}${words.group.back}</a>
          <button class="btn plain" @click=${() => this.#ignore()}>${icon("ignore")}${words.group.ignore}</button>
        </div>
        <div>
          <h1 dir="auto">${cluster.suggestion?.level === "sure" ? words.group.looks(cluster.suggestion.person) : words.group.title}</h1>
          <p>${words.group.summary(cluster.size, aboutGroup(this.app, cluster), toAlike(cluster.tightness), this.out.size)}</p>
        </div>
      </header>
      ${this.#refused(cluster)}
      ${cluster.split ? html`<div class="said">${splitProposal(this.app, cluster, () => void this.#load())}</div>` : nothing}
      <div class="cols">${groupLook(this.app, {
        cluster,
        face: this.faces.find((one) => one.face_id === this.chosen),
        out: this.chosen !== null && this.out.has(this.chosen),
        worst: this.#isWorst(this.chosen),
        candidates: this.candidates,
        toggle: () => this.#toggle(this.chosen),
      })}${this.#faces()}</div>
      ${this.#dock(cluster)}`;
  }

  #refused(cluster: ClusterJson): TemplateResult | typeof nothing {
    const mark = this.app.waiting.state.get().marks.get(cluster.id);
    if (mark?.kind !== "refused" || this.naming) return nothing;
    const run = () => {
      this.app.waiting.unmark(cluster.id);
      void this.#load();
    };
    const label = this.app.t.discover.lookAgain;
    return html`<div class="said">${refusal(this.app, cluster, mark, { label, run })}</div>`;
  }

  #faces(): TemplateResult {
    if (this.#lines.of !== this.faces) this.#lines = { of: this.faces, lines: toFacesLines(this.faces) };
    return html`<div class="all">
      <f-rows
        .items=${this.#lines.lines}
        .keyOf=${(line: FacesLine) => line.key}
        .draw=${this.#line}
        .estimate=${estimateLine}
        .nearEnd=${this.#more}
        .stamp=${`${this.chosen} ${[...this.out]}`}
      ></f-rows>
      ${hints(this.app.t.discover.groupHints)}
    </div>`;
  }

  #line = (line: FacesLine): TemplateResult =>
    facesLine(this.app, line, {
      press: (face) => {
        // A phone has no X key: pressing the chosen face again takes it out.
        if (this.chosen === face.face_id && matchMedia("(hover: none)").matches) this.#toggle(face.face_id);
        this.chosen = face.face_id;
      },
      state: (face) => ({
        chosen: face.face_id === this.chosen,
        out: this.out.has(face.face_id),
        note: this.#isWorst(face.face_id) ? this.app.t.discover.group.worst : undefined,
      }),
    });

  // Of two faces, neither fits worse.
  #isWorst(id: number | null): boolean {
    return this.cluster !== null && this.cluster.size > 2 && this.cluster.worst?.face_id === id;
  }

  #dock(cluster: ClusterJson): TemplateResult {
    const { app } = this;
    const words = app.t.discover;
    const left = cluster.size - this.out.size;
    return html`<div class="dock" role="region" aria-label=${words.group.dock}>
      <f-name
        ?primary=${!cluster.split}
        .app=${app}
        .faces=${left}
        .busy=${this.naming || left === 0}
        .placeholder=${cluster.split ? words.card.orAll : words.card.whoIs}
        .label=${words.card.nameFor(left)}
        .button=${words.group.keep(left)}
        .candidates=${this.#known}
        @chosen=${(event: CustomEvent<NameChosen>) => this.#name(event.detail)}
      ></f-name>
    </div>`;
  }

  #known = async (): Promise<readonly ClusterCandidate[]> => this.candidates ?? candidatesOf(this.app, this.#id());
}

customElements.define("f-group", GroupPage);
