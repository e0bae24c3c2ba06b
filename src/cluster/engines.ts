import { startHelper } from "./distances/start-helper.ts";
import type { Linkage } from "./linkage/linkage.ts";
import { createNativeLinkage } from "./linkage/native.ts";

/** What `discovery.engine` may say. */
export type EngineChoice = "auto" | "native" | "ml-hclust";

/**
 * Up to this many faces ml-hclust itself is as quick: half a millisecond at 32, where native takes one (1.7 against 1.0 at
 * 64). Loading it takes another 80 ms, in a thread that nobody waits for.
 */
const ML_HCLUST_UP_TO = 32;

/** Which engine clusters `count` faces. */
export function chooseEngine(choice: EngineChoice, count: number): Linkage["name"] {
  if (choice !== "auto") return choice;
  return count <= ML_HCLUST_UP_TO ? "ml-hclust" : "native";
}

/**
 * Opens an engine; `threads` is how many the native one may use for its pass over all pairs. ml-hclust is only loaded
 * when wanted: loading it takes longer than clustering a thousand faces without it.
 */
export async function openEngine(name: Linkage["name"], threads: number): Promise<Linkage> {
  if (name === "native") return createNativeLinkage({ threads, startHelper });
  const { createMlHclustLinkage } = await import("./linkage/ml-hclust.ts");
  return createMlHclustLinkage();
}
