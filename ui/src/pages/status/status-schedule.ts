import { html, nothing, type TemplateResult } from "lit";
import { thumbnailPath } from "../../api/faces.ts";
import type { App } from "../../app.ts";
import { icon } from "../../components/icon.ts";
import { picture } from "../../components/picture.ts";
import { expiringSheet } from "../../components/sheets/expiring-sheet.ts";
import { retentionSheet } from "../../components/sheets/retention-sheet.ts";
import { scheduleSheet } from "../../components/sheets/schedule-sheet.ts";
import { toPlan } from "../../state/settings/schedule.ts";
import { applySettings } from "../apply-settings.ts";
import type { SystemState } from "./system-state.ts";

const SHOWN = 5;

/** What runs on schedule: discovery, and deleting old unnamed faces. */
export function statusSchedule(app: App, system: SystemState): TemplateResult {
  const words = app.t.status;
  return html`<div class="sec"><h2>${words.clock}</h2><p>${words.clockHint}</p></div>
    <div class="card">
      <ul class="rows">
        ${discovery(app, system)}${retention(app, system)}
      </ul>
      ${expiring(app, system)}
    </div>`;
}

function discovery(app: App, { status, settings }: SystemState): TemplateResult {
  const words = app.t.status;
  const next = status.next_discovery;
  const schedule = settings["discovery.schedule"];
  const change = async () => {
    const chosen = await app.ask<{ schedule: string | null }>((done) => scheduleSheet(app, schedule.value, done));
    if (chosen && chosen.schedule !== schedule.value) {
      await applySettings(app, { "discovery.schedule": chosen.schedule }, settings, (now) => {
        const plan = toPlan(now["discovery.schedule"].value);
        if (plan.kind === "never") return words.noSchedule;
        return plan.kind === "daily" ? words.schedule.savedDaily({ time: plan.time }) : words.schedule.savedOther;
      });
    }
  };
  return html`<li>
    <span data-icon>${icon("discover")}</span>
    <div>
      <strong>${
        next === null ? words.noSchedule : words.next({ when: app.t.when.dayAndTime(new Date(next), app.now.get()) })
      }</strong>
      <p>${lastTime(app, status)}</p>
    </div>
    <button class="btn plain" aria-label=${words.changeSchedule} @click=${change}>${words.change}</button>
  </li>`;
}

function lastTime(app: App, { discovery: last }: SystemState["status"]): string {
  const words = app.t.status;
  if (last.state === "failed") return words.lastFailed({ why: last.error ?? "" });
  if (last.state === "cancelled") return words.lastCancelled;
  if (last.state === "running") return words.looking({ percent: app.t.format.number(Math.round(last.progress * 100)) });
  if (last.started_at === null || last.finished_at === null) return words.neverLooked;
  const seconds = (Date.parse(last.finished_at) - Date.parse(last.started_at)) / 1000;
  return words.lastTook({
    seconds: app.t.format.number(seconds < 10 ? Math.round(seconds * 10) / 10 : Math.round(seconds)),
    n: last.faces,
  });
}

function retention(app: App, { status, settings, expiring }: SystemState): TemplateResult {
  const words = app.t.status;
  const days = settings["storage.retention_days"];
  const held = status.retention.held_until;
  const [title, hint] =
    days.value === 0
      ? [words.keptForever, words.keptForeverHint]
      : held !== null
        ? [words.held({ when: app.t.when.dayAndTime(new Date(held), app.now.get()) }), words.heldHint]
        : expiring.faces > 0
          ? [words.goes({ n: expiring.faces }), words.goesHint({ days: days.value, frames: expiring.frames })]
          : [words.nothingGoes({ days: days.value }), words.nothingGoesHint];
  const change = async () => {
    const chosen = await app.ask<number>((done) => retentionSheet(app, days.value, done));
    if (chosen !== null && chosen !== days.value) {
      await applySettings(app, { "storage.retention_days": chosen }, settings, (now) =>
        words.retention.saved({ n: now["storage.retention_days"].value }),
      );
    }
  };
  return html`<li>
    <span data-icon>${icon("bin")}</span>
    <div><strong>${title}</strong><p>${hint}</p></div>
    <button class="btn plain" aria-label=${words.changeRetention} @click=${change}>${words.change}</button>
  </li>`;
}

/** The faces that retention will delete next, while they can still be named. */
function expiring(app: App, { expiring: { would_delete: faces } }: SystemState): TemplateResult | typeof nothing {
  if (faces.length === 0) return nothing;
  const show = () => void app.ask((done) => expiringSheet(app, faces, done));
  return html`<div class="expiring">
    <span class="strip">${faces
      .slice(0, SHOWN)
      .map((face) => picture(app.http, thumbnailPath(face.face_id), { size: "s40" }))}</span>
    <button class="btn plain" @click=${show}>${app.t.status.seeAll({ n: faces.length })}</button>
  </div>`;
}
