import { html, nothing, type TemplateResult } from "lit";
import type { App } from "../../app.ts";
import { type IconName, icon } from "../../components/icon.ts";
import { modelTitle } from "../../texts/camera.ts";
import type { SystemState } from "./system-state.ts";

interface Line {
  readonly icon: IconName;
  readonly title: string;
  readonly text: string;
  readonly value?: string;
}

/** Broker, queue, disk, version. */
export function statusScenes(app: App, { status }: SystemState): TemplateResult {
  const words = app.t.status;
  const { broker, rates, stats, snapshots } = status;
  const started = app.t.when.dayAndTime(new Date(status.started_at), app.now.get());
  const lines: Line[] = [
    {
      icon: "link",
      title: words.broker,
      text: `${broker.description}, ${words.brokerState[broker.state]}${broker.dropped > 0 ? ` ${words.dropped({ n: broker.dropped })}` : ""}`,
    },
    {
      icon: "clock",
      title: words.queue,
      text: words.queueHint({ n: rates.queue }),
      value: words.rate({ n: rates.faces_per_minute }),
    },
    ...(snapshots === null
      ? []
      : [
          {
            icon: "camera",
            title: app.t.pictures.modelTitle,
            text: app.t.pictures.model({ name: modelTitle(snapshots.model), workers: snapshots.workers }),
          } as const,
        ]),
    ...(stats.rejected > 0
      ? [{ icon: "warn", title: words.refused({ n: stats.rejected }), text: words.refusedHint } as const]
      : []),
    {
      icon: "disk",
      title: words.disk,
      text: words.diskHint({ photos: stats.faces, people: stats.people }),
      value: words.megabytes({ n: toMegabytes(app, status.database_bytes) }),
    },
    { icon: "lock", title: words.frames, text: sayFrames(app, status.frame_ancestors) },
    { icon: "info", title: `faces2mqtt ${status.version}`, text: words.running({ when: started }) },
  ];
  return html`<div class="sec"><h2>${words.scenes}</h2></div>
    <ul class="card rows">
      ${lines.map(
        (line) => html`<li>
          <span data-icon>${icon(line.icon)}</span>
          <div><strong>${line.title}</strong><p dir="auto">${line.text}</p></div>
          ${line.value === undefined ? nothing : html`<span class="val">${line.value}</span>`}
        </li>`,
      )}
    </ul>
    <div class="do after">
      <a class="btn plain" href=${app.http.url("api/docs")} target="_blank" rel="noreferrer">${words.api}</a>
      <a class="btn plain" href=${app.http.url("metrics")} target="_blank" rel="noreferrer">${words.metrics}</a>
    </div>`;
}

/** Who may embed the panel, in words. */
function sayFrames(app: App, ancestors: readonly string[]): string {
  const words = app.t.status;
  if (ancestors.length === 0 || ancestors.includes("'none'")) return words.framesNone;
  const who = app.t.format.list(ancestors.map((one) => (one === "'self'" ? words.framesSelf : one)));
  return words.framesHint({ who });
}

function toMegabytes(app: App, bytes: number): string {
  const mega = bytes / 1_000_000;
  return app.t.format.number(mega < 10 ? Math.round(mega * 10) / 10 : Math.round(mega));
}
