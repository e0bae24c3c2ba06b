import { common } from "./de/common.ts";

/** Deutsch, mit denselben Schlüsseln wie Englisch. */
export const texts = { common };
