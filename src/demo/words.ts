import type { DiscoveryJson, RecognitionEventJson } from "../wire/out/schemas.ts";

const LOCATIONS: Readonly<Record<string, string>> = {
  front_door: "at the front door",
  driveway: "in the driveway",
  garden: "in the garden",
  garage: "in the garage",
};

/** An event in words; null for a delayed one. */
export function describeEvent({
  event_type,
  person,
  distance,
  camera,
  delayed,
  candidates,
}: RecognitionEventJson): string | null {
  if (delayed) return null;
  const where = LOCATIONS[camera] ?? `at ${camera}`;
  switch (event_type) {
    case "recognized":
      return `${person} is ${where} (distance ${distance?.toFixed(2)})`;
    case "ambiguous":
      return `${candidates[0]?.person} or ${candidates[1]?.person} is ${where}, too close to call`;
    case "unknown":
      return `Somebody unknown is ${where}`;
  }
}

/** How a discovery ended, in words; null while it runs, and if there was none. */
export function describeDiscovery({ state, faces, clusters, finished_at, error }: DiscoveryJson): string | null {
  if (finished_at === null) return null;
  if (state === "failed") return `Discovery failed: ${error}`;
  if (state === "cancelled") return "Discovery was cancelled";
  return state === "idle" ? `Discovery looked at ${faces} faces: ${clusters} groups` : null;
}
