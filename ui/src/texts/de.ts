import { common } from "./de/common.ts";
import { discover } from "./de/discover.ts";
import { threshold } from "./de/threshold.ts";

/** Deutsch, mit denselben Schlüsseln wie Englisch. */
export const texts = { common, discover, threshold };
