/** Ids that are remembered: some hours of pictures. */
const MOST = 10_000;

/** The ids of the last pictures, so that the very same one is not looked at twice. */
export interface SeenPictures {
  has(snapshotId: string): boolean;
  add(snapshotId: string): void;
  forget(snapshotId: string): void;
  clear(): void;
}

export function createSeenPictures(): SeenPictures {
  /** The one that came longest ago first. */
  const seen = new Set<string>();
  return {
    has(snapshotId) {
      // A camera that stands still sends one picture again and again: it stays known.
      return seen.delete(snapshotId) && seen.add(snapshotId).size > 0;
    },
    add(snapshotId) {
      seen.add(snapshotId);
      if (seen.size > MOST) seen.delete(seen.values().next().value as string);
    },
    forget: (snapshotId) => void seen.delete(snapshotId),
    clear: () => seen.clear(),
  };
}
