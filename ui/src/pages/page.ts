import { LitElement } from "lit";
import type { App } from "../app.ts";
import type { Route } from "../state/router.ts";

/** Base of all pages: no shadow root, so that the shared style sheets apply. */
export abstract class Page extends LitElement {
  static override properties = { app: { attribute: false }, route: { attribute: false } };
  declare app: App;
  declare route: Route;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** Handles a key that no inner element took; true: handled. */
  onKey(_event: KeyboardEvent): boolean {
    return false;
  }
}

/** Whether keys go to a text field. */
export function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target instanceof HTMLTextAreaElement ||
      target instanceof HTMLSelectElement ||
      (target instanceof HTMLInputElement && !["checkbox", "radio", "button", "range"].includes(target.type)))
  );
}

/** Whether the focused element already handles Enter and Space. */
export function isPressable(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("button, a, input, select, summary, [role=button]") !== null;
}
