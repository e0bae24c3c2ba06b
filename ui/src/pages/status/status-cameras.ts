import { html, type TemplateResult } from "lit";
import type { App } from "../../app.ts";
import { icon } from "../../components/icon.ts";
import { spark } from "../../components/spark.ts";
import { cameraTitle } from "../../texts/camera.ts";
import type { SystemState } from "./system-state.ts";

/** All cameras with their last face and the last 24 hours. */
export function statusCameras(app: App, { cameras, status }: SystemState): TemplateResult {
  const words = app.t.status;
  return html`<div class="sec"><h2>${words.cameras}</h2><p>${words.camerasHint}</p></div>
    ${cameras.length === 0 ? noCameras(app, status.intake.topic) : list(app, cameras)}`;
}

function list(app: App, cameras: SystemState["cameras"]): TemplateResult {
  const words = app.t.status;
  const most = Math.max(...cameras.flatMap((camera) => camera.last_24_hours));
  return html`<ul class="card rows">
    ${cameras.map(({ camera, last_seen, last_24_hours: hours }) => {
      const ago = last_seen === null ? null : app.t.when.ago(new Date(last_seen), app.now.get());
      const faces = hours.reduce((sum, count) => sum + count, 0);
      return html`<li>
        <span data-icon>${icon("camera")}</span>
        <div>
          <a class="cut" href=${app.router.href({ page: "activity", camera })} title=${camera} dir="auto">
            <strong>${cameraTitle(camera)}</strong>
          </a>
          <p>${ago === null ? words.seen({ n: faces }) : words.seenLast({ n: faces, when: ago })}</p>
        </div>
        ${spark(hours, most)}
      </li>`;
    })}
  </ul>`;
}

function noCameras(app: App, topic: string): TemplateResult {
  const words = app.t.status;
  return html`<div class="card empty">
    <h3>${words.noCameras}</h3>
    <p>${words.noCamerasHint}</p>
    <code>${topic.replace("<camera>", "front_door")}</code>
  </div>`;
}
