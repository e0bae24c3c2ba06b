import { html, nothing, type TemplateResult } from "lit";
import type { App } from "../../app.ts";
import { icon } from "../../components/icon.ts";
import type { Settings } from "../../state/settings/overrides.ts";
import { applySettings } from "../apply-settings.ts";

/** The value in force, its default and its source; an override can be removed. */
export function thresholdSet(app: App, settings: Settings): TemplateResult {
  const words = app.t.strictness.set;
  const row = (which: "names" | "groups", key: "recognition.threshold" | "discovery.threshold") => {
    const { value, default: normal, source } = settings[key];
    const title = words[which]({ at: app.t.format.threshold(value) });
    return html`<li>
      ${icon(which === "names" ? "gate" : "discover")}
      <div>
        <strong>${title}</strong>
        <p>${sayFrom(app, source, app.t.format.threshold(normal), toVariable(key))} ${words[`${which}Count`]}</p>
      </div>
      ${
        source === "database"
          ? html`<button class="btn plain" aria-label=${words.backLabel({ what: title })} @click=${() => applySettings(app, { [key]: null }, settings, (now) => words[which]({ at: app.t.format.threshold(now[key].value) }))}>
              ${words.back}
            </button>`
          : nothing
      }
    </li>`;
  };
  return html`<div class="sec"><h2>${words.title}</h2></div>
    <ul class="card rows">
      ${row("names", "recognition.threshold")}${row("groups", "discovery.threshold")}
    </ul>`;
}

const toVariable = (key: string): string => `FACES2MQTT_${key.replaceAll(".", "_").toUpperCase()}`;

type Source = Settings["recognition.threshold"]["source"];

function sayFrom(app: App, source: Source, normal: string, variable: string): string {
  const words = app.t.strictness.set;
  if (source === "default") return words.default;
  return source === "env" ? words.env({ variable, normal }) : words[source]({ normal });
}
