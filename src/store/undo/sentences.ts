import type { ChangeFacts } from "../../domain/change.ts";

/** What a change did: in words, and what those say, for other languages. */
export interface ChangeWords extends Partial<ChangeFacts> {
  readonly sentence: string;
}

/** "1 face", "3 faces" */
export function facesInWords(count: number): string {
  return count === 1 ? "1 face" : `${count} faces`;
}

/** "1 group", "3 groups" */
export function groupsInWords(count: number): string {
  return count === 1 ? "1 group" : `${count} groups`;
}

/** "1 face was", "3 faces were" */
export function facesWere(count: number): string {
  return `${facesInWords(count)} ${count === 1 ? "was" : "were"}`;
}

/** "Anna", "Anna and Bob", "Anna, Bob and Cleo" */
export function namesInWords(names: readonly string[]): string {
  const last = names.at(-1) ?? "no person";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}
