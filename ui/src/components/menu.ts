import { html, type TemplateResult } from "lit";
import { type IconName, icon } from "./icon.ts";
import "./menu.css";

/** One line of a {@link menu}. */
export interface MenuItem {
  readonly icon: IconName;
  readonly label: string;
  readonly run: () => void;
  /** For what deletes. */
  readonly danger?: boolean;
}

/** The ⋯ button and what it opens beside it; the browser closes it by Esc and by a press elsewhere. `id`: unique in the page. */
export function menu(id: string, label: string, items: readonly MenuItem[]): TemplateResult {
  const place = (event: ToggleEvent) => {
    const box = event.target as HTMLElement;
    const button = box.previousElementSibling?.getBoundingClientRect();
    if (event.newState !== "open" || !button) return;
    box.style.setProperty("--menu-top", `${button.bottom}px`);
    box.style.setProperty("--menu-right", `${document.documentElement.clientWidth - button.right}px`);
  };
  const run = (event: Event, item: MenuItem) => {
    (event.currentTarget as HTMLElement).closest<HTMLElement>("[popover]")?.hidePopover();
    item.run();
  };
  return html`<button class="btn square" popovertarget=${id} aria-label=${label} title=${label}>${icon("more")}</button>
    <div class="menu" id=${id} popover @beforetoggle=${place}>
      ${items.map(
        (item) => html`<button class=${item.danger ? "gone" : ""} @click=${(event: Event) => run(event, item)}>
          ${icon(item.icon)}<span class="cut" dir="auto">${item.label}</span>
        </button>`,
      )}
    </div>`;
}
