import { html, LitElement, nothing, type TemplateResult } from "lit";
import type { App } from "./app.ts";
import { banner } from "./components/banner.ts";
import { icon } from "./components/icon.ts";
import "./components/sheets/sheets.ts";
import "./components/toasts.ts";
import { isWriting, type Page } from "./pages/page.ts";
import { type Route, TABS, type Tab, tabOf } from "./state/router.ts";
import { singleKeys } from "./state/single-keys.ts";
import { waitingOf } from "./state/unknown/overview.ts";
import { Watch } from "./state/watch.ts";

const LOAD: Readonly<Record<Route["page"], () => Promise<unknown>>> = {
  unknown: () => import("./pages/unknown/unknown-page.ts"),
  review: () => import("./pages/review/review-page.ts"),
  map: () => import("./pages/map/map-page.ts"),
  history: () => import("./pages/history/history-page.ts"),
  ignored: () => import("./pages/unknown/ignored-page.ts"),
  group: () => import("./pages/group/group-page.ts"),
  people: () => import("./pages/people/people-page.ts"),
  person: () => import("./pages/person/person-page.ts"),
  activity: () => import("./pages/activity/activity-page.ts"),
  threshold: () => import("./pages/threshold/threshold-page.ts"),
  status: () => import("./pages/status/status-page.ts"),
};

/** Asks for a page's code before it is to be shown. */
export const preloadPage = (page: Route["page"]): void => {
  // Where it cannot be had, showing it says so.
  LOAD[page]().catch(() => {});
};

/** Space presses what has the focus, and is no shortcut. */
const isCharacter = (key: string): boolean => key.length === 1 && key !== " ";

/** Navigation, page, floating layers and global keys. */
export class Shell extends LitElement {
  static override properties = {
    app: { attribute: false },
    loaded: { state: true },
    failed: { state: true },
    seconds: { state: true },
  };
  declare app: App | undefined;
  /** The page whose code is loaded. */
  declare loaded: Route["page"] | "login" | null;
  declare failed: boolean;
  declare seconds: number;
  #wanted = "";
  #timer: ReturnType<typeof setInterval> | undefined;
  #scroll = new Map<string, number>();
  #address = "";

  constructor() {
    super();
    this.loaded = null;
    this.failed = false;
    this.seconds = 0;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    history.scrollRestoration = "manual";
    window.addEventListener("keydown", this.#key);
    window.addEventListener("popstate", this.#back);
    window.addEventListener("scroll", this.#scrolled, { passive: true });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("keydown", this.#key);
    window.removeEventListener("popstate", this.#back);
    window.removeEventListener("scroll", this.#scrolled);
    clearInterval(this.#timer);
  }

  #watching = false;

  protected override willUpdate(): void {
    const { app } = this;
    if (!app) return;
    if (!this.#watching) {
      this.#watching = true;
      this.#address = location.search;
      new Watch(this, () => [app.router.route, app.signedOut, app.live.connection, app.overview.now, app.problems]);
      this.#timer = setInterval(() => this.#countDown(), 1_000);
    }
    const wanted = app.signedOut.get() ? "login" : app.router.route.get().page;
    if (wanted !== this.#wanted) void this.#load(wanted);
  }

  #countDown(): void {
    const connection = this.app?.live.connection.get();
    if (connection?.state !== "offline") return;
    this.seconds = Math.max(0, Math.ceil((connection.retryAt - Date.now()) / 1_000));
  }

  async #load(wanted: Route["page"] | "login"): Promise<void> {
    const before = this.#wanted;
    this.#wanted = wanted;
    try {
      await (wanted === "login" ? import("./pages/login-page.ts") : LOAD[wanted]());
    } catch {
      if (wanted === this.#wanted) this.failed = true;
      return;
    }
    if (wanted !== this.#wanted) return;
    this.failed = false;
    this.loaded = wanted;
    if (before === "" || wanted === "login") return;
    await this.updateComplete;
    if (document.activeElement === document.body || document.activeElement === null) {
      this.querySelector<HTMLElement>("main")?.focus({ preventScroll: true });
    }
  }

  protected override updated(): void {
    const { app } = this;
    if (!app) return;
    const route = app.router.route.get();
    document.title = `${app.t.common.tab[tabOf(route)]} · faces2mqtt`;
    if (location.search !== this.#address) {
      this.#address = location.search;
      window.scrollTo({ top: 0, behavior: "instant" });
    }
  }

  #scrolled = (): void => {
    this.#scroll.set(location.search, window.scrollY);
  };

  // Going back restores the scroll position, once the rows are drawn.
  #back = (): void => {
    const { search } = location;
    const top = this.#scroll.get(search) ?? 0;
    this.#address = search;
    const restore = () => {
      if (location.search === search) window.scrollTo({ top, behavior: "instant" });
    };
    requestAnimationFrame(() => requestAnimationFrame(restore));
    setTimeout(restore, 120);
  };

  #key = (event: KeyboardEvent): void => {
    const { app } = this;
    if (!app || event.defaultPrevented || app.signedOut.get() || app.sheet.get() || isWriting(event.target)) return;
    // A held key may move the focus, but must not repeat undo, ignore or take out.
    if (event.repeat && !event.key.startsWith("Arrow")) return;
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "z") {
      event.preventDefault();
      void app.undoLast();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (isCharacter(event.key) && !singleKeys.on()) return;
    const page = this.querySelector<Page>("main > .page");
    if (page?.onKey?.(event) || this.#ownKey(event, app)) event.preventDefault();
  };

  #ownKey(event: KeyboardEvent, app: App): boolean {
    // By the key's code: Shift turns digits into other characters.
    const tab = /^Digit([1-4])$/.exec(event.code);
    if (event.shiftKey && tab) {
      app.router.go({ page: TABS[Number(tab[1]) - 1] ?? "unknown" });
      return true;
    }
    if (event.key === "?") void this.#showKeys(app);
    else if (event.key.toLowerCase() === "z") void app.undoLast();
    else if (event.key === "/") app.router.go({ page: "people" });
    else if (event.key.toLowerCase() === "d") app.router.go({ page: "unknown" });
    else return false;
    return true;
  }

  async #showKeys(app: App): Promise<void> {
    const { keysSheet } = await import("./components/sheets/keys-sheet.ts");
    await app.ask<null>((done) => keysSheet(app, done));
  }

  // Links within the panel change the page without a reload.
  #follow = (event: MouseEvent): void => {
    const { app } = this;
    if (!app || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey)
      return;
    const link = (event.target as HTMLElement).closest?.<HTMLAnchorElement>("a[href^='?']");
    if (!link || link.target) return;
    event.preventDefault();
    history.pushState(null, "", link.getAttribute("href"));
    app.router.follow();
  };

  protected override render() {
    const { app } = this;
    if (!app) return nothing;
    return html`<div class="shell" @click=${this.#follow}>
        ${app.signedOut.get() ? nothing : this.#navigation(app)}
        <main tabindex="-1">${this.#connection(app)}${this.failed ? this.#crashed(app) : this.#page(app)}</main>
      </div>
      <f-toasts .app=${app}></f-toasts><f-sheets .app=${app}></f-sheets>`;
  }

  #crashed(app: App): TemplateResult {
    return html`<div class="card empty">
      <h1>${app.t.common.crashed}</h1>
      <button class="btn primary" @click=${() => location.reload()}>${app.t.common.tryAgain}</button>
    </div>`;
  }

  #page(app: App): TemplateResult | typeof nothing {
    const route = app.router.route.get();
    if (app.signedOut.get()) {
      return this.loaded === "login" ? html`<f-login class="page" .app=${app}></f-login>` : nothing;
    }
    if (this.loaded !== route.page) return html`<p class="sr" role="status">${app.t.common.loading}</p>`;
    switch (route.page) {
      case "review":
        return html`<f-review class="page" .app=${app} .route=${route}></f-review>`;
      case "map":
        return html`<f-map class="page" .app=${app} .route=${route}></f-map>`;
      case "history":
        return html`<f-history class="page" .app=${app} .route=${route}></f-history>`;
      case "unknown":
        return html`<f-unknown class="page" .app=${app} .route=${route}></f-discover>`;
      case "ignored":
        return html`<f-ignored class="page" .app=${app} .route=${route}></f-ignored>`;
      case "group":
        return html`<f-group class="page" .app=${app} .route=${route}></f-group>`;
      case "people":
        return html`<f-people class="page" .app=${app} .route=${route}></f-people>`;
      case "person":
        return html`<f-person class="page" .app=${app} .route=${route}></f-person>`;
      case "activity":
        return html`<f-activity class="page" .app=${app} .route=${route}></f-activity>`;
      case "threshold":
        return html`<f-threshold class="page" .app=${app} .route=${route}></f-threshold>`;
      case "status":
        return html`<f-status class="page" .app=${app} .route=${route}></f-status>`;
    }
  }

  #connection(app: App): TemplateResult | typeof nothing {
    const connection = app.live.connection.get();
    if (connection.state !== "offline" || app.signedOut.get()) return nothing;
    return html`<div class="lost">
      ${banner({
        icon: "off",
        title: app.t.common.offlineTitle,
        text: app.t.common.offline({ time: app.t.when.time(connection.lost), seconds: this.seconds }),
        action: { label: app.t.common.tryNow, run: () => app.live.retryNow() },
      })}
    </div>`;
  }

  #navigation(app: App): TemplateResult {
    const here = tabOf(app.router.route.get());
    return html`<nav class="nav" aria-label=${app.t.common.pages}>
      <a class="mark" href=${app.router.href({ page: "unknown" })} aria-label="faces2mqtt">
        <svg viewBox="0 0 36 36" aria-hidden="true">
          <rect x="3" y="3" width="20" height="20" rx="6"></rect>
          <circle cx="23" cy="23" r="10"></circle>
        </svg>
      </a>
      ${TABS.map(
        (tab) => html`<a href=${app.router.href({ page: tab })} aria-current=${here === tab ? "page" : nothing}>
          <span>${icon(tab === "unknown" ? "discover" : tab)}${this.#badge(app, tab)}</span>${app.t.common.tab[tab]}
        </a>`,
      )}
      <button class="help" @click=${() => this.#showKeys(app)}>
        <span>${icon("keys")}</span>${app.t.keys.title}
      </button>
    </nav>`;
  }

  #badge(app: App, tab: Tab): TemplateResult | typeof nothing {
    if (tab === "unknown") {
      const waiting = waitingOf(app.overview.now.get());
      if (waiting === 0) return nothing;
      return html`<b role="img" aria-label=${app.t.common.waiting({ n: waiting })}>${waiting > 99 ? "99+" : waiting}</b>`;
    }
    // Advice has no badge: only what keeps faces from coming in or from being kept.
    if (tab === "status" && app.problems.get().some(({ severity }) => severity === "error")) {
      return html`<b class="bad" role="img" aria-label=${app.t.shell.failing}>!</b>`;
    }
    return nothing;
  }
}

customElements.define("f-shell", Shell);
