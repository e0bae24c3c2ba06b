import { html, type TemplateResult } from "lit";
import type { App } from "../app.ts";
import { icon } from "./icon.ts";

/** A line of code with a button that copies it. */
export interface CopyLine {
  readonly text: string;
  /** What the button copies, for screen readers: a whole sentence. */
  readonly label: string;
  /** Instead of the text, where that is long. */
  readonly shown?: string;
}

/** Draws the line. */
export function copyLine(app: App, { text, label, shown = text }: CopyLine): TemplateResult {
  return html`<div class="code" dir="ltr">
    <code>${shown}</code>
    <button class="btn square" aria-label=${label} title=${label} @click=${() => void copyText(app, text)}>${icon("copy")}</button>
  </div>`;
}

/** Copies the text, and says so. */
export async function copyText(app: App, text: string): Promise<void> {
  const { copied, notCopied } = app.t.start;
  app.toasts.show((await toClipboard(text)) ? { text: copied } : { text: notCopied, bad: true });
}

// Browsers have no clipboard on plain http, and there people use Home Assistant: then the old way.
async function toClipboard(text: string): Promise<boolean> {
  if ("clipboard" in navigator) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Not allowed, in a frame for example.
    }
  }
  const before = document.activeElement;
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "sr";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (before instanceof HTMLElement) before.focus();
  return done;
}
