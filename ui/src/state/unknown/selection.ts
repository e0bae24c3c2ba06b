import type { ClusterJson } from "../../../../src/wire/out/schemas.ts";

/** What is needed of a selected group, also when its page of the list is not loaded. */
export type Selected = Pick<ClusterJson, "id" | "version" | "size" | "cameras" | "representatives" | "stranger">;

/** Selected groups in the order in which they were selected. */
export type Selection = readonly Selected[];

/** Of the group's faces only the first with a picture is kept. */
export function toSelected({ id, version, size, cameras, representatives, stranger }: ClusterJson): Selected {
  const face = representatives.find((one) => one.thumbnail !== null) ?? representatives[0];
  return { id, version, size, cameras, stranger, representatives: face ? [face] : [] };
}

export const isSelected = (selection: Selection, id: string): boolean => selection.some((one) => one.id === id);

/** With the group if it was not in it, else without it. */
export function toggled(selection: Selection, group: ClusterJson): Selection {
  return isSelected(selection, group.id)
    ? selection.filter((one) => one.id !== group.id)
    : [...selection, toSelected(group)];
}

/** With all of these groups. */
export function extended(selection: Selection, groups: readonly ClusterJson[]): Selection {
  return [...selection, ...groups.filter(({ id }) => !isSelected(selection, id)).map(toSelected)];
}

/** As the groups are now, where the list has them: with the version that the daemon expects. */
export function renewed(selection: Selection, list: readonly ClusterJson[]): Selection {
  if (selection.length === 0) return selection;
  const newer = new Map(list.map((group) => [group.id, group]));
  const changed = selection.some((one) => {
    const now = newer.get(one.id);
    return now !== undefined && now.version !== one.version;
  });
  if (!changed) return selection;
  return selection.map((one) => {
    const now = newer.get(one.id);
    return now ? toSelected(now) : one;
  });
}

/** Photos of all of them. */
export const photosOf = (groups: readonly { readonly size: number }[]): number =>
  groups.reduce((sum, { size }) => sum + size, 0);
