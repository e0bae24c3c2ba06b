import { randomUUID } from "node:crypto";
import type { FoundCluster, Grouping } from "../../domain/cluster.ts";
import { rowsOf } from "../../domain/vectors/encoding.ts";
import { applyGroupings, type RowGrouping } from "./apply-groupings.ts";
import { buildProposal } from "./build-proposal.ts";
import { keepStableIds } from "./stable-ids.ts";

/** The faces of one model with their groups; all lists are by row. */
export interface LabelledFaces {
  readonly model: string;
  /** ascending */
  readonly faceIds: readonly number[];
  /** Encodings one after the other; read in place when on a SharedArrayBuffer. */
  readonly data: Float32Array;
  /** Which group each face is in. */
  readonly labels: Int32Array;
  /** Of which visit each face is, by number; -1: of none. */
  readonly visits: Int32Array;
  /** 1: the face has a thumbnail. */
  readonly pictured: Uint8Array;
}

export interface ProposalInput {
  readonly models: readonly LabelledFaces[];
  /** Smaller groups are left out. */
  readonly minClusterSize: number;
  readonly groupings: readonly Grouping[];
  /** The clusters of the last discovery: id → face ids. */
  readonly before: ReadonlyMap<string, readonly number[]>;
}

/**
 * The groups of all models as clusters, with faces together or apart as users said; largest first, with the ids that most of
 * their faces had before. O(faces × dimension).
 */
export function proposeClusters({ models, minClusterSize, groupings, before }: ProposalInput): FoundCluster[] {
  const proposals = models.flatMap((faces) => {
    const { model, faceIds, data, visits, pictured } = faces;
    const encodingOf = rowsOf(data, faceIds.length);
    const groups = toGroups(faces.labels).filter((rows) => rows.length >= minClusterSize);
    return applyGroupings(groups, toRows(faceIds, groupings), encodingOf, model).map((rows) => {
      const members = rows.map((row) => ({
        faceId: faceIds[row] as number,
        encoding: encodingOf(row),
        visitId: (visits[row] as number) < 0 ? null : String(visits[row]),
        hasThumbnail: pictured[row] === 1,
      }));
      return buildProposal(members, model, groupings);
    });
  });
  const ids = keepStableIds(
    before,
    proposals.map((one) => one.faceIds),
    () => `c_${randomUUID().slice(0, 8)}`,
  );
  return proposals
    .map((one, i) => ({ ...one, id: ids[i] as string }))
    .sort((a, b) => b.faceIds.length - a.faceIds.length || (a.id < b.id ? -1 : 1));
}

function toGroups(labels: Int32Array): number[][] {
  const groups = new Map<number, number[]>();
  for (const [row, label] of labels.entries()) {
    const rows = groups.get(label);
    if (rows) rows.push(row);
    else groups.set(label, [row]);
  }
  return [...groups.values()];
}

/** What was said of faces, by the rows that they are collected in. */
function toRows(faceIds: readonly number[], groupings: readonly Grouping[]): RowGrouping[] {
  if (groupings.length === 0) return [];
  const rows = new Map(faceIds.map((faceId, row) => [faceId, row]));
  return groupings.map(({ together, sides }) => ({
    together,
    sides: new Map(
      [...sides].flatMap(([faceId, side]) => {
        const row = rows.get(faceId);
        return row === undefined ? [] : [[row, side] as const];
      }),
    ),
  }));
}
