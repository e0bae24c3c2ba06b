import { LitElement } from "lit";
import type { App } from "../app.ts";
import type { Route } from "../state/router.ts";

/** What every page is: an element in the page's own tree (so that the shared style sheets reach it). */
export abstract class Page extends LitElement {
  static override properties = { app: { attribute: false }, route: { attribute: false } };
  declare app: App;
  declare route: Route;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** A key that nobody closer has taken; true: it is done. */
  onKey(_event: KeyboardEvent): boolean {
    return false;
  }
}

/** Whether keys belong to a field in which somebody writes. */
export function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target instanceof HTMLTextAreaElement ||
      target instanceof HTMLSelectElement ||
      (target instanceof HTMLInputElement && !["checkbox", "radio", "button", "range"].includes(target.type)))
  );
}

/** Whether Enter or Space already means something where the focus is. */
export function isPressable(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("button, a, input, select, summary, [role=button]") !== null;
}
