import type { ClusterJson, PersonJson } from "../../../../src/wire/out/schemas.ts";
import type { ClusterCandidate } from "../../api/clusters.ts";
import type { App } from "../../app.ts";
import { bestPicture } from "../../components/picture.ts";
import type { GroupFace } from "../../state/group/photos.ts";
import { askBeforeAdding } from "../naming/ask-before-adding.ts";
import { didName } from "../naming/did-name.ts";

/** Whom photos are given to: a known person, or a new one by this name. */
export interface Recipient {
  readonly name: string;
  readonly person: PersonJson | null;
}

/**
 * Gives a whole group a name, without the faces taken out; asks first if the person is known. False: cancelled.
 *
 * @param sure Was asked already.
 */
export async function nameGroup(
  app: App,
  cluster: ClusterJson,
  { name, person }: Recipient,
  options: {
    readonly out: readonly number[];
    readonly candidates: readonly ClusterCandidate[] | null;
    readonly sure?: boolean;
  },
): Promise<boolean> {
  const { out, candidates, sure = false } = options;
  const asks = person && !sure;
  const leaveOut = asks ? await askBeforeAdding(app, { clusters: [cluster], person, exclude: out, candidates }) : [];
  if (leaveOut === null) return false;
  const { id, version } = cluster;
  const answer = await app.clusters.assign({ id, version, name, exclude: [...out, ...leaveOut] });
  didName(app, answer, { thumbnail: bestPicture(cluster.representatives) });
  return true;
}

/** Gives some photos of a group to a person. */
export async function nameFaces(app: App, faces: readonly GroupFace[], { name }: Recipient): Promise<void> {
  const ids = faces.map((face) => face.face_id);
  didName(app, await app.faces.assign(ids, name), { thumbnail: bestPicture(faces) });
}

/** Ignores a whole group. */
export async function ignoreGroup(app: App, cluster: ClusterJson): Promise<void> {
  const { faces, change } = await app.clusters.ignore(cluster.id, cluster.version);
  saidIgnored(app, faces, [change], bestPicture(cluster.representatives));
}

/** Ignores some photos of a group: they become a group of their own first. */
export async function ignoreFaces(app: App, cluster: ClusterJson, faces: readonly GroupFace[]): Promise<void> {
  const ids = faces.map((face) => face.face_id);
  const { clusters, change: split } = await app.clusters.split(cluster.id, cluster.version, ids);
  const apart = clusters.find(({ representatives: [first] }) => first && ids.includes(first.face_id));
  const ignored = apart ? await app.clusters.ignore(apart.id, apart.version) : null;
  saidIgnored(app, faces.length, [split, ignored?.change ?? null], bestPicture(faces));
}

function saidIgnored(app: App, n: number, changes: readonly (number | null)[], thumbnail: string | null): void {
  app.did(app.t.group.ignored({ n }), { changes, picture: { thumbnail, round: false } });
}

/** Makes two of a group as it proposes. */
export async function splitGroup(app: App, cluster: ClusterJson): Promise<void> {
  const { clusters, change } = await app.clusters.split(cluster.id, cluster.version);
  const [one = "", other = ""] = clusters.map(({ size: n }) => app.t.count.photos({ n }));
  const picture = { thumbnail: bestPicture(cluster.representatives), round: false };
  app.did(app.t.group.splitDone({ one, other }), { changes: [change], picture });
}

/** Says that a group is one person, although two are proposed. */
export async function keepTogether(app: App, cluster: ClusterJson): Promise<void> {
  const { change } = await app.clusters.keepTogether(cluster.id, cluster.version);
  const picture = { thumbnail: bestPicture(cluster.representatives), round: false };
  app.did(app.t.group.splitKept, { changes: [change], picture });
}

/** Says that a group is not the person it looks like. */
export async function declineSuggestion(app: App, { id, representatives, suggestion }: ClusterJson): Promise<void> {
  if (!suggestion) return;
  const { change, person: who } = await app.clusters.reject(id, suggestion.person_id);
  const picture = { thumbnail: bestPicture(representatives), round: false };
  app.did(app.t.group.notSaid({ who }), { changes: [change], picture });
}
