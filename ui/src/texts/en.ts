import { common } from "./en/common.ts";
import { threshold } from "./en/threshold.ts";

/** English; every other language has the same keys. */
export const texts = { common, threshold };
