import { html, type TemplateResult } from "lit";
import type { App } from "../../app.ts";
import type { Settings } from "../../state/settings/overrides.ts";
import { applySettings } from "../apply-settings.ts";

type Profile = Settings["recognition.profile"]["value"];

const PROFILES = ["classic", "careful"] as const satisfies readonly Profile[];

/** How a name is decided: by every face, or by visits. A choice is in force at once, and can be undone. */
export function thresholdProfile(app: App, settings: Settings): TemplateResult {
  const words = app.t.threshold.profile;
  const { value: inForce } = settings["recognition.profile"];
  const faces = settings["recognition.min_faces"].value;
  const use = (profile: Profile): void => {
    if (profile === inForce) return;
    void applySettings(app, { "recognition.profile": profile }, settings, (now) =>
      words.done(words[now["recognition.profile"].value].name),
    );
  };
  return html`<div class="sec"><h2 id="profile">${words.title}</h2><p>${words.hint}</p></div>
    <div class="card pad profiles" role="radiogroup" aria-labelledby="profile">
      ${PROFILES.map(
        (profile) => html`<label class="radio"
          ><input
            type="radio"
            name="profile"
            value=${profile}
            .checked=${profile === inForce}
            @change=${() => use(profile)}
          />
          <span><strong>${words[profile].name}</strong><p>${words[profile].text(faces)}</p></span></label
        >`,
      )}
    </div>`;
}
