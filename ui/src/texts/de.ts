import { common } from "./de/common.ts";
import { threshold } from "./de/threshold.ts";

/** Deutsch, mit denselben Schlüsseln wie Englisch. */
export const texts = { common, threshold };
