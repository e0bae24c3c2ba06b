import { html, nothing, type TemplateResult } from "lit";
import type { ThresholdAnswer } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import type { Settings } from "../../state/settings/overrides.ts";
import { applySettings } from "../apply-settings.ts";

type Profile = Settings["recognition.profile"]["value"];

const PROFILES = ["classic", "careful"] as const satisfies readonly Profile[];

/**
 * How a name is decided: by every face, or by visits. A choice is in force at once, and can be undone. What is recommended
 * says so with the figures of the people who are known here.
 */
export function thresholdProfile(app: App, settings: Settings, study: ThresholdAnswer | null): TemplateResult {
  const words = app.t.strictness.profile;
  const { value: inForce } = settings["recognition.profile"];
  const faces = settings["recognition.min_faces"].value;
  const advised = study?.recommended_profile ?? null;
  const use = (profile: Profile): void => {
    if (profile === inForce) return;
    void applySettings(app, { "recognition.profile": profile }, settings, (now) =>
      words.done({ name: words[now["recognition.profile"].value] }),
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
          <span
            ><strong>${words[profile]}${advised?.profile === profile ? html` <em>${words.recommended}</em>` : nothing}</strong>
            <p>${profile === "careful" ? words.carefulText({ n: faces }) : words.classicText}</p>
            ${advised ? html`<p class="figures">${figures(app, advised[profile])}</p>` : nothing}</span
          ></label
        >`,
      )}
    </div>`;
}

type Figures = NonNullable<ThresholdAnswer["recommended_profile"]>[Profile];

/** Of a hundred, as far as so many were tried. */
function figures(app: App, { strangers, known }: Figures): string {
  const words = app.t.strictness.profile;
  return words.figures({ named: strangers.count, strangers: strangers.tried, found: known.count, known: known.tried });
}
