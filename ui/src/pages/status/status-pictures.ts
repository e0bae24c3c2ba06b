import { html, nothing, type TemplateResult } from "lit";
import type { App } from "../../app.ts";
import { icon } from "../../components/icon.ts";
import { gatesSheet } from "../../components/sheets/gates-sheet.ts";
import { refusedSheet } from "../../components/sheets/refused-sheet.ts";
import type { Changes } from "../../state/settings/overrides.ts";
import { cameraTitle } from "../../texts/camera.ts";
import { applySettings } from "../apply-settings.ts";
import type { SystemState } from "./system-state.ts";

type Snapshots = NonNullable<SystemState["status"]["snapshots"]>;
type Camera = Snapshots["cameras"][number];

/** Pictures that come in: by camera, where they come from, and what a face needs to be taken. Nothing when they are off. */
export function statusPictures(app: App, system: SystemState): TemplateResult | typeof nothing {
  const { snapshots } = system.status;
  if (snapshots === null) return nothing;
  const words = app.t.pictures;
  return html`<div class="sec"><h2>${words.title}</h2><p>${words.hint}</p></div>
    <ul class="card rows">
      ${snapshots.sources.map(
        ({ ok, sentence }) => html`<li>
          <span data-icon>${icon(ok ? "link" : "warn")}</span>
          <div><p dir="auto">${sentence}</p></div>
        </li>`,
      )}
      ${snapshots.cameras.length === 0 ? none(app) : snapshots.cameras.map((camera) => row(app, camera))}
      ${gates(app, system)}
    </ul>`;
}

function none(app: App): TemplateResult {
  return html`<li>
    <span data-icon>${icon("camera")}</span>
    <div><strong>${app.t.pictures.none}</strong><p>${app.t.pictures.noneHint}</p></div>
  </li>`;
}

function row(app: App, camera: Camera): TemplateResult {
  const words = app.t.pictures;
  const { score, size, norm } = camera.refused;
  const refused = score + size + norm;
  const show = async () => {
    try {
      const answer = await app.pictures.refused(camera.camera);
      await app.ask((done) => refusedSheet(app, camera.camera, answer.refused, done));
    } catch (error) {
      app.complain(error);
    }
  };
  return html`<li>
    <span data-icon>${icon("camera")}</span>
    <div>
      <strong class="cut" title=${camera.camera} dir="auto">${cameraTitle(camera.camera)}</strong>
      <p>${words.taken({ pictures: camera.pictures, faces: camera.faces, without: camera.no_face })}</p>
      ${refused > 0 ? html`<p>${words.refused({ n: refused })}</p>` : nothing}
      ${camera.dropped > 0 ? html`<p>${words.dropped({ n: camera.dropped })}</p>` : nothing}
      ${camera.failed > 0 ? html`<p>${words.failed({ n: camera.failed })}</p>` : nothing}
    </div>
    ${
      refused > 0
        ? html`<button class="btn plain" aria-label=${words.whyAt({ camera: cameraTitle(camera.camera) })} @click=${show}>${words.why}</button>`
        : nothing
    }
  </li>`;
}

function gates(app: App, { settings }: SystemState): TemplateResult {
  const words = app.t.pictures;
  const px = settings["snapshots.min_face_px"].value;
  const change = async () => {
    const chosen = await app.ask<Changes>((done) => gatesSheet(app, settings, done));
    if (chosen && Object.keys(chosen).length > 0) await applySettings(app, chosen, settings, () => words.gates.saved);
  };
  return html`<li>
    <span data-icon>${icon("gate")}</span>
    <div><strong>${words.gates.title}</strong><p>${words.gates.now({ px })}</p></div>
    <button class="btn plain" aria-label=${words.gates.change} @click=${change}>${app.t.status.change}</button>
  </li>`;
}
