import { html, nothing, type TemplateResult } from "lit";
import type { CamerasAnswer } from "../../../../src/wire/out/schemas.ts";
import type { VisitFilter } from "../../api/visits.ts";
import type { App } from "../../app.ts";
import { icon } from "../../components/icon.ts";
import { picture } from "../../components/picture.ts";
import { KINDS, type Route } from "../../state/router.ts";
import { cameraTitle } from "../../texts/camera.ts";
import { dayKey } from "../../texts/when.ts";

/** The filter in the address. */
export function filterOf(route: Route): VisitFilter {
  if (route.page !== "activity") return {};
  const { person, camera, kind, day } = route;
  return { person, camera, kind, day };
}

/** Whether a filter is set. */
export function isFiltered({ person, camera, kind, day }: VisitFilter): boolean {
  return person !== undefined || camera !== undefined || kind !== undefined || day !== undefined;
}

/** Filters by kind, person, camera and day; at most one of each. `unclear`: how many of the day are. */
export function activityFilter(
  app: App,
  filter: VisitFilter,
  cameras: CamerasAnswer["cameras"],
  unclear: number,
): TemplateResult {
  const words = app.t.activity.filter;
  const show = (next: VisitFilter) => app.router.replace({ page: "activity", ...next });
  const chip = (label: string, on: boolean, next: VisitFilter) =>
    html`<button class="chip" aria-pressed=${on} @click=${() => show(next)}>${label}</button>`;
  // Without a margin no face is ambiguous.
  const kinds = KINDS.filter((kind) => kind !== "ambiguous" || app.rule.get().margin > 0 || filter.kind === kind);
  return html`<div class="tools" role="group" aria-label=${words.label}>
    ${chip(words.all, !isFiltered(filter), {})}
    ${kinds.map((kind) =>
      chip(kind === "ambiguous" && unclear > 0 ? words.unclear({ n: unclear }) : words[kind], filter.kind === kind, {
        ...filter,
        kind: filter.kind === kind ? undefined : kind,
      }),
    )}
    ${personChip(app, filter, show)}
    ${cameras.length > 1 || filter.camera !== undefined ? cameraChip(app, filter, cameras, show) : nothing}
    ${dayChip(app, filter, show)}
  </div>`;
}

type Show = (next: VisitFilter) => void;

function personChip(app: App, filter: VisitFilter, show: Show): TemplateResult {
  const words = app.t.activity.filter;
  const person = filter.person === undefined ? undefined : app.people.find(filter.person);
  if (filter.person !== undefined) {
    const name = person?.name ?? filter.person;
    return html`<button
      class="chip set"
      aria-label=${words.person({ name })}
      @click=${() => show({ ...filter, person: undefined })}
    >
      ${picture(app.http, person?.portrait ?? person?.thumbnail ?? null, { round: true, size: "s32" })}
      <span class="cut" dir="auto">${name}</span>${icon("close")}
    </button>`;
  }
  const choose = async () => {
    const { choosePerson } = await import("../../components/sheets/choose-person-sheet.ts");
    const chosen = await choosePerson(app, { title: words.whose, allowNew: false });
    if (chosen?.person) show({ ...filter, person: chosen.person.person_id });
  };
  return html`<button class="chip" aria-haspopup="dialog" @click=${choose}>${words.everyone}${down}</button>`;
}

function cameraChip(app: App, filter: VisitFilter, cameras: CamerasAnswer["cameras"], show: Show): TemplateResult {
  const words = app.t.activity.filter;
  const known = cameras.map(({ camera }) => camera);
  const all = filter.camera !== undefined && !known.includes(filter.camera) ? [...known, filter.camera] : known;
  const change = (event: Event) => show({ ...filter, camera: (event.target as HTMLSelectElement).value || undefined });
  return html`<label class="chip over ${filter.camera === undefined ? "" : "set"}">
    <span aria-hidden="true">${filter.camera === undefined ? words.cameras : cameraTitle(filter.camera)}</span>${down}
    <select aria-label=${words.camera} @change=${change}>
      <option value="" ?selected=${filter.camera === undefined}>${words.cameras}</option>
      ${all.map(
        (camera) => html`<option value=${camera} ?selected=${filter.camera === camera}>${cameraTitle(camera)}</option>`,
      )}
    </select>
  </label>`;
}

function dayChip(app: App, filter: VisitFilter, show: Show): TemplateResult {
  const words = app.t.activity.filter;
  const now = app.now.get();
  const label =
    filter.day === undefined
      ? words.days
      : app.t.format.capital(app.t.when.day(new Date(`${filter.day}T12:00:00`), now));
  const change = (event: Event) => show({ ...filter, day: (event.target as HTMLInputElement).value || undefined });
  // A press anywhere opens the calendar; not every browser has a way to ask for that.
  const open = (event: Event) => (event.currentTarget as HTMLInputElement).showPicker?.();
  return html`<label class="chip over ${filter.day === undefined ? "" : "set"}">
    ${icon("cal")}<span aria-hidden="true">${label}</span>
    <input
      type="date"
      aria-label=${words.day}
      max=${dayKey(now)}
      .value=${filter.day ?? ""}
      @click=${open}
      @change=${change}
    />
  </label>`;
}

const down = html`<span class="down">${icon("down")}</span>`;
