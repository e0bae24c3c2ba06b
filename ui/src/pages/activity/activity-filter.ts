import { html, nothing, type TemplateResult } from "lit";
import type { CamerasAnswer, PersonJson } from "../../../../src/wire/out/schemas.ts";
import type { VisitFilter } from "../../api/visits.ts";
import type { App } from "../../app.ts";
import { icon } from "../../components/icon.ts";
import { picture } from "../../components/picture.ts";
import { inOrder } from "../../state/people/presence.ts";
import { KINDS, type Route } from "../../state/router.ts";
import { cameraTitle } from "../../texts/camera.ts";

/** Most people offered as filters. */
const PEOPLE = 8;

/** The filter in the address. */
export function filterOf(route: Route): VisitFilter {
  if (route.page !== "activity") return {};
  const { person, camera, kind } = route;
  return { person, camera, kind };
}

/** Whether a filter is set. */
export function isFiltered({ person, camera, kind }: VisitFilter): boolean {
  return person !== undefined || camera !== undefined || kind !== undefined;
}

/** Filters by kind, person and camera; at most one of each. */
export function activityFilter(app: App, filter: VisitFilter, cameras: CamerasAnswer["cameras"]): TemplateResult {
  const words = app.t.activity;
  const chip = (label: string | TemplateResult, on: boolean, next: VisitFilter) => html`<button
    class="chip"
    aria-pressed=${on}
    @click=${() => app.router.replace({ page: "activity", ...next })}
  >
    ${label}
  </button>`;
  // Without a margin no face is ambiguous.
  const kinds = KINDS.filter((kind) => kind !== "ambiguous" || app.rule.get().margin > 0 || filter.kind === kind);
  const people = latestPeople(app, filter.person);
  return html`<div class="chips" role="group" aria-label=${words.filter}>
    ${chip(words.everything, !isFiltered(filter), {})}
    ${kinds.map((kind) =>
      chip(words.kind[kind], filter.kind === kind, { ...filter, kind: filter.kind === kind ? undefined : kind }),
    )}
    ${people.map((person) => {
      const on = filter.person === person.person_id;
      const label = html`${picture(app.http, person.thumbnail, { round: true, size: "s32" })}<span class="cut" dir="auto"
          >${person.name}</span
        >`;
      return chip(label, on, { ...filter, person: on ? undefined : person.person_id });
    })}
    ${
      cameras.length > 1 || filter.camera !== undefined
        ? cameras.map(({ camera }) => {
            const on = filter.camera === camera;
            const label = html`${icon("camera")}${cameraTitle(camera)}`;
            return chip(label, on, { ...filter, camera: on ? undefined : camera });
          })
        : nothing
    }
  </div>`;
}

/** The people seen last, and the chosen one. */
function latestPeople(app: App, asked: string | undefined): PersonJson[] {
  const people = inOrder(app.people.state.get().list, "seen", app.t.lang);
  const first = people.slice(0, PEOPLE);
  const chosen = people.find((person) => person.person_id === asked);
  return chosen && !first.includes(chosen) ? [chosen, ...first] : first;
}
