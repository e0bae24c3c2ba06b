import type { ClusterJson } from "../../../../src/wire/out/schemas.ts";
import type { ClusterCandidate } from "../../api/clusters.ts";
import type { App } from "../../app.ts";
import type { Choice } from "../../state/group/choice.ts";
import type { Group } from "../../state/group/group.ts";
import type { GroupFace } from "../../state/group/photos.ts";
import { createObservable, type Observable } from "../../state/observable.ts";
import * as actions from "./group-actions.ts";

/** An answer that was given here: its card stays where it is until the page is opened anew. */
export interface Said {
  readonly what: "kept" | "declined";
  /** The group as it was. */
  readonly of: ClusterJson;
}

/** What is going on on a group's page. */
export interface DoingState {
  readonly busy: boolean;
  /** Why the last action failed, as a sentence. */
  readonly refused: string | null;
  readonly said: readonly Said[];
  /** Who got photos of this group here, by face. */
  readonly names: ReadonlyMap<number, string>;
}

/** What can be done on a group's page; acts on the selected photos, else on all that are not taken out. */
export interface Doing {
  readonly state: Observable<DoingState>;
  /** The selected photos that are still in the group. */
  selected(): readonly GroupFace[];
  candidates(): Promise<readonly ClusterCandidate[]>;
  give(to: actions.Recipient): Promise<void>;
  move(): Promise<void>;
  ignore(): Promise<void>;
  /** Takes photos out, which is a step of its own that the toast takes back; or puts them back. */
  take(faces: readonly number[], out: boolean): void;
  split(): Promise<void>;
  keepTogether(): Promise<void>;
  /** Yes to the person whom the group looks like; `sure`: without comparing first. */
  confirm(sure: boolean): Promise<void>;
  decline(): Promise<void>;
  /** Shows what has changed meanwhile. */
  refresh(): Promise<void>;
}

interface DoingDeps {
  readonly group: Group;
  readonly choice: Choice;
  /** Moves the focus to a photo, else to the page's title: what was pressed may be gone. */
  readonly focus: (face: number | null) => void;
  /** The whole group is done with. */
  readonly leave: () => void;
  readonly order: () => Parameters<Group["load"]>[0];
}

export function createDoing(app: App, { group, choice, focus, leave, order }: DoingDeps): Doing {
  const state = createObservable<DoingState>({ busy: false, refused: null, said: [], names: new Map() });
  const change = (part: Partial<DoingState>): void => state.set({ ...state.get(), ...part });

  const selected = () => {
    const { faces } = group.state.get();
    return faces.filter(({ face_id }) => choice.state.get().selected.has(face_id));
  };

  async function refresh(): Promise<void> {
    await group.refresh();
    const { faces, left } = group.state.get();
    choice.keepOnly(faces.map((face) => face.face_id).filter((id) => !left.has(id)));
  }

  /** One at a time; what is refused is said at the bar, and the group is shown as it is now. */
  async function once(run: (cluster: ClusterJson) => Promise<void>): Promise<void> {
    const { cluster } = group.state.get();
    if (!cluster || state.get().busy) return;
    change({ busy: true, refused: null });
    try {
      await run(cluster);
    } catch (error) {
      change({ refused: app.t.group.refused({ reason: app.explain(error) }) });
      await refresh();
    } finally {
      change({ busy: false });
    }
  }

  function done(): void {
    choice.forget();
    leave();
  }

  async function goOn(faces: readonly GroupFace[]): Promise<void> {
    choice.clear();
    choice.type(null);
    await refresh();
    focus(faces.at(-1)?.face_id ?? null);
  }

  async function nameAll(cluster: ClusterJson, to: actions.Recipient, sure = false): Promise<void> {
    const { candidates } = group.state.get();
    const out = [...choice.state.get().out];
    if (await actions.nameGroup(app, cluster, to, { out, candidates, sure })) done();
  }

  const give = (to: actions.Recipient) =>
    once(async (cluster) => {
      const faces = selected();
      if (faces.length === 0) return nameAll(cluster, to);
      await actions.nameFaces(app, faces, to);
      change({ names: new Map([...state.get().names, ...faces.map((face) => [face.face_id, to.name] as const)]) });
      await goOn(faces);
    });

  const answer = (what: Said["what"], run: (cluster: ClusterJson) => Promise<void>) =>
    once(async (of) => {
      await run(of);
      change({ said: [...state.get().said, { what, of }] });
      await refresh();
      focus(null);
    });

  const candidates = async () => {
    const { cluster, candidates: known } = group.state.get();
    if (known || !cluster) return known ?? [];
    return await app.clusters.candidates(cluster.id).catch(() => []);
  };

  return {
    state,
    selected,
    candidates,
    give,
    async move() {
      const { choosePerson } = await import("../../components/sheets/choose-person-sheet.ts");
      const { selected: some, out } = choice.state.get();
      const n = some.size || (group.state.get().cluster?.size ?? 0) - out.size;
      const chosen = await choosePerson(app, { title: app.t.group.moveTitle({ n }), candidates: candidates() });
      if (chosen) await give(chosen);
    },
    ignore: () =>
      once(async (cluster) => {
        const faces = selected();
        if (faces.length === 0 || faces.length === cluster.size) {
          await actions.ignoreGroup(app, cluster);
          done();
          return;
        }
        await actions.ignoreFaces(app, cluster, faces);
        await goOn(faces);
      }),
    take(faces, out) {
      if (faces.length === 0) return;
      choice.take(faces, out);
      if (out) {
        const text = app.t.group.takenOut({ n: faces.length });
        app.toasts.show({ text, undo: () => choice.take(faces, false) });
      }
      focus(faces.at(-1) ?? null);
    },
    split: () =>
      once(async (cluster) => {
        await actions.splitGroup(app, cluster);
        await group.load(order());
        focus(null);
      }),
    keepTogether: () => answer("kept", (cluster) => actions.keepTogether(app, cluster)),
    confirm: (sure) =>
      once(async (cluster) => {
        const { suggestion } = cluster;
        if (!suggestion) return;
        const person = app.people.find(suggestion.person_id) ?? null;
        await nameAll(cluster, { name: suggestion.person, person }, sure);
      }),
    decline: () => answer("declined", (cluster) => actions.declineSuggestion(app, cluster)),
    refresh,
  };
}
