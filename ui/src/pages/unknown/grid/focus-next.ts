import type { ClusterJson } from "../../../../../src/wire/out/schemas.ts";
import type { Cells } from "../../../components/cells/cells.ts";
import type { GroupsState } from "../../../state/unknown/groups.ts";
import { createReturn } from "../../../state/unknown/return.ts";
import type { Selection } from "../../../state/unknown/selection.ts";

/** The position after those of the groups that nothing was done to, else before them; -1: there is none. */
export function nextOf(
  { list, done }: Pick<GroupsState, "list" | "done">,
  groups: readonly { readonly id: string }[],
): number {
  const at = Math.max(...groups.map(({ id }) => list.findIndex((one) => one.id === id)));
  const isFree = (one: ClusterJson | undefined): boolean => one !== undefined && !done.has(one.id);
  const after = list.findIndex((one, index) => index > at && isFree(one));
  return after >= 0 ? after : list.slice(0, Math.max(0, at)).findLastIndex(isFree);
}

/** Moves the focus to the next tile, else to the one before, else to the page's title: never to nothing. */
export function focusNext(cells: Cells, state: GroupsState, groups: Selection): void {
  const to = nextOf(state, groups);
  const title = (): void => document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true });
  // A dialog that closes gives the focus back to where it was first.
  requestAnimationFrame(() => {
    if (to < 0) title();
    else void cells.focusAt(to).then((there) => there || title());
  });
}

/** Coming from a group's page, the focus goes to its tile, or to the next one if the group is done with. */
export function returnFocus(cells: Cells, { phase, list }: GroupsState): void {
  const back = createReturn();
  const id = phase === "ready" ? back.get() : undefined;
  if (id === undefined) return;
  back.set(undefined);
  const { activeElement } = document;
  // Whatever was pressed meanwhile keeps it.
  if (activeElement !== document.body && activeElement?.localName !== "main") return;
  const at = list.findIndex((one) => one.id === id);
  if (at >= 0) requestAnimationFrame(() => void cells.focusAt(at));
}
