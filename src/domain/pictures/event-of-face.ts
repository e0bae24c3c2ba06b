import type { Box } from "../face.ts";
import type { Snapshot, TrackedEvent } from "./snapshot.ts";

/** By how much of its size an area is widened on each side: the picture is a little later than what it was tracked in. */
const WIDENED = 0.25;

const NO_EVENT: TrackedEvent = { eventId: null, zones: [], subLabel: null };

/**
 * The event of a face: that of the one subject whose area its centre lies in, and none if it lies in several or in no area,
 * so that two people in one picture never share an event. A lone face is the lone subject's, wherever it has walked.
 * @param box In pixels of the picture.
 * @param faces How many were found in it.
 */
export function eventOfFace(
  snapshot: Snapshot,
  box: Box,
  picture: { readonly width: number; readonly height: number; readonly faces: number },
): TrackedEvent {
  const { subjects } = snapshot;
  if (subjects === undefined) return snapshot;
  if (subjects.length === 1 && picture.faces === 1) return subjects[0] ?? NO_EVENT;
  const x = (box.x + box.width / 2) / picture.width;
  const y = (box.y + box.height / 2) / picture.height;
  const around = (factor: number) => subjects.filter(({ area }) => holds(area, factor, x, y));
  const [exact, wide] = [around(0), around(WIDENED)];
  const [only, ...others] = exact.length > 0 ? exact : wide;
  return only && others.length === 0 ? only : NO_EVENT;
}

function holds(area: Box, factor: number, x: number, y: number): boolean {
  const [dx, dy] = [area.width * factor, area.height * factor];
  return x >= area.x - dx && x <= area.x + area.width + dx && y >= area.y - dy && y <= area.y + area.height + dy;
}
