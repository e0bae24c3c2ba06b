import { html, type TemplateResult } from "lit";
import type { PersonFaceJson, PersonJson } from "../../../../../src/wire/out/schemas.ts";
import type { App } from "../../../app.ts";
import { actionBar } from "../../../components/action-bar.ts";
import { picture } from "../../../components/picture.ts";
import { isRecognized } from "../../../state/person/photo-days.ts";
import { dayKey } from "../../../texts/when.ts";

const SHOWN = 3;

/** What can be done with the selected photos. */
export function photosBar(
  app: App,
  person: PersonJson,
  selected: readonly PersonFaceJson[],
  actions: {
    readonly stop: () => void;
    readonly portrait: () => void;
    readonly out: () => void;
    readonly move: () => void;
  },
): TemplateResult {
  const words = app.t.person;
  const none = selected.length === 0;
  const [one, ...others] = selected;
  // Only a photo that a user named can be the portrait.
  const canShow = one !== undefined && others.length === 0 && !isRecognized(one);
  const odd = selected.filter((face) => face.different).length;
  return actionBar({
    label: words.selection,
    title: words.selectedPhotos({ n: selected.length }),
    about: aboutOf(app, selected),
    pictures: html`<span class="strip">
      ${selected.slice(-SHOWN).map((face) => picture(app.http, face.thumbnail, { size: "s40" }))}
    </span>`,
    note: odd === 1 && selected.length > 1 ? words.oneDiffers({ name: person.name }) : null,
    close: { label: app.t.common.cancel, run: actions.stop },
    actions: [
      { icon: "picture", label: words.asPortrait, run: actions.portrait, disabled: !canShow },
      { icon: "close", label: words.notThem({ name: person.name }), run: actions.out, disabled: none },
      { icon: "move", label: words.moveTo, run: actions.move, main: true, disabled: none },
    ],
  });
}

/** What the selected photos have in common. */
function aboutOf(app: App, selected: readonly PersonFaceJson[]): string {
  const [one] = selected;
  if (!one) return "";
  const day = dayKey(new Date(one.timestamp));
  if (!selected.every((face) => dayKey(new Date(face.timestamp)) === day)) return "";
  const said = { day: app.t.when.day(new Date(one.timestamp), app.now.get()) };
  if (selected.every(isRecognized)) return app.t.person.isRecognizedWhen(said);
  return selected.some(isRecognized) ? "" : app.t.person.isNamedWhen(said);
}
