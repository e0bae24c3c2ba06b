import { html, nothing, type TemplateResult } from "lit";
import type { App } from "../../app.ts";
import { actionBar } from "../../components/action-bar.ts";
import { picture } from "../../components/picture.ts";
import type { MapPoint } from "./spot.ts";

/** Pictures beside what is selected. */
const PICTURES = 3;

/** What is selected, and what can be done with it: groups are named, merged with one another or a person, or kept apart. */
export function selectionBar(
  app: App,
  options: {
    readonly groups: readonly MapPoint[];
    readonly people: readonly MapPoint[];
    /** One of the groups does not belong. */
    readonly odd: boolean;
    readonly clear: () => void;
    readonly name: () => void;
    readonly keepApart: () => void;
    readonly merge: () => void;
  },
): TemplateResult | typeof nothing {
  const words = app.t.map;
  const { groups, people, odd, clear, name, keepApart, merge } = options;
  const chosen = [...groups, ...people];
  const [person] = people;
  if (chosen.length === 0) return nothing;
  const n = groups.length;
  const who = person?.name ?? "";
  const some = person ? words.groupsAnd({ n, name: who }) : words.groups({ n });
  return actionBar({
    label: words.selection,
    title: n === 0 ? words.peopleOnly({ n: people.length }) : some,
    about: chosen.length > 1 ? words.onePerson : words.whoIsIt,
    pictures: html`<span class="strip"
      >${chosen.slice(0, PICTURES).map((one) => picture(app.http, one.thumbnail, { size: "s40", round: one.kind === "person" }))}</span
    >`,
    note: people.length > 1 ? words.tooMany : odd ? words.odd : null,
    close: { label: words.clear, run: clear },
    actions: [
      { icon: "edit", label: words.name, disabled: n === 0 || people.length > 0, run: name },
      { icon: "split", label: words.apartDo, disabled: n < 2, run: keepApart },
      {
        icon: "merge",
        label: people.length === 1 ? words.addTo({ name: who }) : words.merge,
        main: true,
        disabled: people.length > 1 || chosen.length < 2,
        run: merge,
      },
    ],
  });
}
