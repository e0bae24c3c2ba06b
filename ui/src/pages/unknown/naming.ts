import type { ClusterJson } from "../../../../src/wire/out/schemas.ts";
import type { ClusterCandidate } from "../../api/clusters.ts";
import type { App } from "../../app.ts";
import type { NameChosen } from "../../components/naming/name-field.ts";

/** Known people by distance to a group, nearest first; empty if there are none or the request fails. */
export async function candidatesOf(app: App, cluster: string): Promise<readonly ClusterCandidate[]> {
  try {
    return await app.clusters.candidates(cluster);
  } catch {
    return [];
  }
}

/**
 * Asks before adding faces to a known person, with the closest two side by side. Answers which faces to leave out, or null
 * to cancel.
 */
async function askBeforeAdding(
  app: App,
  clusters: readonly ClusterJson[],
  chosen: NameChosen,
  excluded: number,
): Promise<readonly number[] | null> {
  const [first] = clusters;
  if (!chosen.person || !first) return [];
  const [{ mergeSheet }, candidates] = await Promise.all([
    import("../../components/sheets/merge-sheet.ts"),
    chosen.candidate ? [chosen.candidate] : candidatesOf(app, first.id),
  ]);
  const person = chosen.person;
  const candidate = candidates.find((one) => one.person_id === person.person_id) ?? null;
  const faces = clusters.reduce((sum, cluster) => sum + cluster.size, 0) - excluded;
  return app.ask<readonly number[]>((done) =>
    mergeSheet(app, { person, candidate, faces, mayLeaveOut: clusters.length === 1 && faces > 1 }, done),
  );
}

function notifyNamed(app: App, faces: number, name: string, cluster: ClusterJson | undefined, changes: number): void {
  app.toasts.show({
    text: app.t.discover.done.nowText(faces, name),
    picture: { thumbnail: cluster?.representatives[0]?.thumbnail ?? null, round: true },
    undo: app.undoing(changes),
  });
}

/**
 * Gives groups one name, asking first if a person of that name exists (unless `sure`: already confirmed). True if all were
 * named; the group itself shows why one was not.
 */
export async function nameGroups(
  app: App,
  clusters: readonly ClusterJson[],
  chosen: NameChosen,
  options: { readonly exclude?: readonly number[]; readonly sure?: boolean } = {},
): Promise<boolean> {
  const exclude = options.exclude ?? [];
  const leaveOut = options.sure ? [] : await askBeforeAdding(app, clusters, chosen, exclude.length);
  if (leaveOut === null) return false;
  // Ignores the second of a double click.
  const { marks } = app.waiting.state.get();
  if (clusters.some((cluster) => marks.get(cluster.id)?.kind === "naming")) return false;
  let faces = 0;
  let done = 0;
  let name = chosen.name;
  for (const cluster of clusters) {
    try {
      const named = await app.waiting.assign(cluster, name, [...exclude, ...leaveOut]);
      faces += named.assigned;
      name = named.person;
      done++;
    } catch (error) {
      if (clusters.length > 1)
        app.toasts.show({ text: app.t.discover.select.partly(done, clusters.length), bad: true });
      else app.toasts.show({ text: `${app.t.discover.notAssigned} ${app.explain(error)}`, bad: true });
      void app.people.load();
      return false;
    }
  }
  notifyNamed(app, faces, name, clusters[0], done);
  void app.people.load();
  return true;
}

/** Ignores groups one by one; those that fail come back with the reason. */
export async function ignoreGroups(app: App, clusters: readonly ClusterJson[]): Promise<void> {
  let done = 0;
  for (const cluster of clusters) {
    try {
      await app.waiting.ignore(cluster);
      done++;
    } catch (error) {
      app.complain(error);
      return;
    }
  }
  const [first] = clusters;
  if (!first) return;
  app.toasts.show({
    text: clusters.length === 1 ? app.t.discover.ignoredToast(first.size) : app.t.discover.ignoredToasts(done),
    picture: { thumbnail: first.representatives[0]?.thumbnail ?? null, round: false },
    undo: app.undoing(done),
  });
}

/** Gives a group the name of the person it looks like, without asking again. */
export async function confirmSuggestion(app: App, cluster: ClusterJson): Promise<void> {
  const { suggestion } = cluster;
  if (!suggestion) return;
  await nameGroups(app, [cluster], { name: suggestion.person, person: null, candidate: null }, { sure: true });
}

/** Says that a group is not the person it looks like. */
export async function declineSuggestion(app: App, cluster: ClusterJson): Promise<void> {
  const { suggestion } = cluster;
  if (!suggestion) return;
  try {
    await app.waiting.decline(cluster);
  } catch (error) {
    app.complain(error);
    return;
  }
  app.toasts.show({
    text: app.t.discover.card.notToast(suggestion.person),
    picture: { thumbnail: cluster.representatives[0]?.thumbnail ?? null, round: false },
    undo: app.undoing(),
  });
}
