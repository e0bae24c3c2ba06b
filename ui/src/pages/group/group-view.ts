import { html, nothing, type TemplateResult } from "lit";
import type { ClusterJson } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import { type Hints, hints } from "../../components/hints.ts";
import type { Hold } from "../../components/hold.ts";
import { icon } from "../../components/icon.ts";
import type { Choice } from "../../state/group/choice.ts";
import type { Group, GroupOrder } from "../../state/group/group.ts";
import type { GroupFace } from "../../state/group/photos.ts";
import { groupBar } from "./group-bar.ts";
import type { Doing } from "./group-doing.ts";
import { groupLook } from "./group-look.ts";
import { groupPhotos } from "./group-photos.ts";
import { groupSplit } from "./group-split.ts";
import { groupSuggestion } from "./group-suggestion.ts";
import { groupTile } from "./group-tile.ts";

/** What a group's page shows, and what its parts call. */
export interface GroupView {
  readonly group: Group;
  readonly choice: Choice;
  readonly doing: Doing;
  readonly order: GroupOrder;
  /** The photo that was touched last. */
  readonly active: number | null;
  readonly hold: Hold;
  press(face: GroupFace, event: MouseEvent): void;
  open(face: number): void;
  reorder(order: GroupOrder): void;
  /** What is typed as a name; null: the buttons again. */
  type(draft: string | null): void;
  /** Moves the focus to a photo. */
  focus(face: number | null): void;
}

/** The page of a group that is loaded. */
export function groupView(app: App, cluster: ClusterJson, view: GroupView): TemplateResult {
  const { t } = app;
  return html`<a class="crumb" href=${app.router.href({ page: "unknown" })}>${icon("back")}${t.group.back}</a>
    ${head(app, cluster)}
    <div class="cols">
      <div>${cards(app, cluster, view)}${photos(app, cluster, view)}${hints(keysOf(app))}</div>
      ${look(app, cluster, view)}
    </div>
    ${bar(app, cluster, view)}`;
}

function keysOf({ t: { group: words } }: App): Hints {
  return [
    [["←", "→"], words.keyNext],
    [["Space"], words.keySelect],
    [["X"], words.keyOut],
    [["N"], words.keyName],
    [["M"], words.keyMove],
    [["O"], words.keyOpen],
    [["Esc"], words.keyBack],
  ];
}

function head(app: App, { size: n, visits, first_seen, stranger, suggestion }: ClusterJson): TemplateResult {
  const { t } = app;
  const about = t.group.about({ n, visits, day: t.when.day(new Date(first_seen), app.now.get()) });
  const title =
    suggestion?.level === "sure"
      ? t.group.looks({ who: suggestion.person })
      : stranger
        ? t.group.stranger({ n: stranger.number })
        : t.group.title;
  return html`<header class="headline"><h1 tabindex="-1" dir="auto">${title}</h1><p>${about}</p></header>`;
}

function cards(app: App, cluster: ClusterJson, { group, doing }: GroupView): TemplateResult {
  const { said } = doing.state.get();
  const answered = (what: "kept" | "declined") => said.find((one) => one.what === what)?.of;
  const suggestion = cluster.suggestion ?? answered("declined")?.suggestion ?? null;
  const split = cluster.split ? cluster : answered("kept");
  return html`${
    suggestion
      ? groupSuggestion(app, {
          suggestion,
          declined: cluster.suggestion === null,
          yes: () => doing.confirm(true),
          compare: () => doing.confirm(false),
          not: () => doing.decline(),
        })
      : nothing
  }${
    split
      ? groupSplit(app, {
          cluster: split,
          faces: group.state.get().faces,
          kept: cluster.split === null,
          split: () => doing.split(),
          keep: () => doing.keepTogether(),
        })
      : nothing
  }`;
}

/** The face that is least like the others; of two, neither is. */
const leastOf = ({ size, worst }: ClusterJson): number | null => (size > 2 && worst ? worst.face_id : null);

function photos(app: App, cluster: ClusterJson, view: GroupView): TemplateResult {
  const { group, choice, doing, order, active, hold, press, focus } = view;
  const { faces, left } = group.state.get();
  const { selected, out } = choice.state.get();
  const { names } = doing.state.get();
  const words = app.t.group;
  const least = leastOf(cluster);
  const reached = active ?? faces[0]?.face_id;
  const odd = faces
    .filter(({ different, face_id: id }) => different && !out.has(id) && !selected.has(id) && !left.has(id))
    .map((face) => face.face_id);
  const markOf = ({ face_id: id, different }: GroupFace): string | null => {
    if (left.has(id)) return names.get(id) ?? words.gone;
    if (out.has(id)) return words.out;
    return different ? words.different : id === least ? words.least : null;
  };
  return groupPhotos(app, {
    faces,
    order,
    reorder: view.reorder,
    odd: odd.length,
    selectOdd() {
      choice.select(odd);
      focus(odd[0] ?? null);
    },
    more: () => void group.more().catch((error: unknown) => app.complain(error)),
    stamp: JSON.stringify([reached, [...selected], [...out], [...left], [...names], least]),
    tile: (face) => {
      const { face_id: id } = face;
      const faded = out.has(id) || left.has(id);
      const state = { selected: selected.has(id), faded, odd: !faded && face.different, mark: markOf(face) };
      return groupTile(app, face, { ...state, reached: id === reached }, { hold, press });
    },
  });
}

/** Of the most central photo with a picture, until another one is touched. */
function look(app: App, cluster: ClusterJson, { group, choice, active, open }: GroupView): TemplateResult {
  const { faces, candidates } = group.state.get();
  const shown = active ?? cluster.representatives[0]?.face_id;
  const face = faces.find((one) => one.face_id === shown) ?? faces[0];
  if (!face) return html`<section class="look"></section>`;
  const { face_id: id } = face;
  const out = choice.state.get().out.has(id);
  const least = leastOf(cluster) === id;
  return groupLook(app, { face, size: cluster.size, out, least, candidates, open: () => open(id) });
}

function bar(app: App, cluster: ClusterJson, { choice, doing, type }: GroupView): TemplateResult {
  const { out, draft } = choice.state.get();
  const { busy, refused } = doing.state.get();
  const selected = doing.selected();
  const ids = selected.map((face) => face.face_id);
  return groupBar(app, {
    size: cluster.size,
    selected,
    out,
    splits: cluster.split !== null,
    busy,
    refused,
    draft,
    candidates: doing.candidates,
    named: ({ name, person }) => void doing.give({ name, person }),
    typed: type,
    move: () => void doing.move(),
    ignore: () => void doing.ignore(),
    take: (isOut) => doing.take(ids, isOut),
    clear: choice.clear,
    putBack: () => doing.take([...out], false),
  });
}
