import type { ClusterJson, PersonJson } from "../../../../../src/wire/out/schemas.ts";
import { RequestFailed } from "../../../api/problem.ts";
import type { App } from "../../../app.ts";
import { bestPicture } from "../../../components/picture.ts";
import type { PersonChosen } from "../../../components/sheets/choose-person/choose-person.ts";
import { photosOf, type Selected, type Selection } from "../../../state/unknown/selection.ts";
import { askBeforeAdding } from "../../naming/ask-before-adding.ts";
import { didName } from "../../naming/did-name.ts";

const ids = (groups: Selection): string[] => groups.map(({ id }) => id);
const thumbnailOf = (groups: Selection): string | null => bestPicture(groups[0]?.representatives ?? []);

/** Says once what was not done and why; the tiles are as they were. Offers to see a group that has changed. */
function refused(app: App, groups: Selection, error: unknown, say: (values: { reason: string }) => string): void {
  app.unknown.undone(ids(groups));
  const [only] = groups;
  const changed = error instanceof RequestFailed && error.code === "CLUSTER_CHANGED";
  app.toasts.show({
    text: say({ reason: app.explain(error) }),
    bad: true,
    ...(changed && only && groups.length === 1
      ? {
          more: {
            label: app.t.unknown.done.showIt,
            run: () => app.router.go({ page: "group", id: only.id }),
          },
        }
      : {}),
  });
  void app.unknown.refresh();
}

/** Whether none of them is being named, ignored or merged already: the second press of a double click does nothing. */
function free(app: App, groups: Selection): boolean {
  const { done } = app.unknown.state.get();
  return groups.length > 0 && !groups.some(({ id }) => done.has(id));
}

/** Asks before they are added to a known person whom they do not clearly look like; null: they are not to be added. */
async function leaveOut(app: App, groups: Selection, person: PersonJson | null): Promise<readonly number[] | null> {
  if (!person) return [];
  const [only] = groups as [Selected, ...Selected[]];
  const candidates = await (groups.length === 1
    ? app.clusters.candidates(only.id)
    : app.clusters.compare(ids(groups)).then((answer) => answer.candidates)
  ).catch(() => []);
  const candidate = candidates.find((one) => one.person_id === person.person_id);
  return candidate?.level === "sure" ? [] : askBeforeAdding(app, { clusters: groups, person, candidates });
}

/**
 * Gives groups one name, shown at once (`shown` is called then). Asks before it adds to a known person whom they do not clearly look like. False:
 * not named, and said why.
 */
export async function nameGroups(
  app: App,
  groups: Selection,
  chosen: PersonChosen,
  shown: () => void,
): Promise<boolean> {
  const exclude = await leaveOut(app, groups, chosen.person);
  if (exclude === null || !free(app, groups)) return false;
  const [only] = groups as [Selected, ...Selected[]];
  app.unknown.done(ids(groups), { kind: "named", name: chosen.name, settled: false });
  shown();
  try {
    const answer =
      groups.length === 1
        ? await app.clusters.assign({ id: only.id, version: only.version, name: chosen.name, exclude })
        : await app.clusters.assignAll(groups, chosen.name);
    app.unknown.done(ids(groups), { kind: "named", name: answer.person, settled: true });
    didName(app, answer, { thumbnail: thumbnailOf(groups) });
    return true;
  } catch (error) {
    refused(app, groups, error, app.t.unknown.naming.notNamed);
    return false;
  }
}

/** Ignores groups as one change, shown at once. */
export async function ignoreGroups(app: App, groups: Selection, shown: () => void): Promise<void> {
  if (!free(app, groups)) return;
  const words = app.t.unknown.done;
  const [only] = groups as [Selected, ...Selected[]];
  app.unknown.done(ids(groups), { kind: "ignored", settled: false });
  shown();
  try {
    const { faces, change } =
      groups.length === 1
        ? await app.clusters.ignore(only.id, only.version)
        : await app.clusters.ignoreAll({ clusters: groups });
    app.unknown.done(ids(groups), { kind: "ignored", settled: true });
    app.did(
      groups.length === 1
        ? words.ignored({ n: faces })
        : words.ignoredGroups({ groups: groups.length, photos: app.t.count.photos({ n: faces }) }),
      { changes: [change], picture: { thumbnail: thumbnailOf(groups), round: false } },
    );
  } catch (error) {
    refused(app, groups, error, words.notIgnored);
  }
}

/** Makes one group of several; the first selected stays where it is, with all photos. */
export async function mergeGroups(app: App, groups: Selection, shown: () => void): Promise<void> {
  if (groups.length < 2 || !free(app, groups)) return;
  const words = app.t.unknown.done;
  const { list } = app.unknown.state.get();
  app.unknown.done(ids(groups), { kind: "merged", settled: false });
  shown();
  try {
    const { cluster, change } = await app.clusters.merge(ids(groups));
    app.unknown.undone([cluster.id]);
    app.unknown.done(
      ids(groups).filter((id) => id !== cluster.id),
      { kind: "merged", settled: true },
    );
    const before = list.find(({ id }) => id === cluster.id);
    if (before) app.unknown.put({ ...before, ...cluster } as ClusterJson);
    app.did(words.merged({ n: groups.length, photos: app.t.count.photos({ n: photosOf(groups) }) }), {
      changes: [change],
      picture: { thumbnail: thumbnailOf(groups), round: false },
    });
  } catch (error) {
    refused(app, groups, error, words.notMerged);
  }
}
