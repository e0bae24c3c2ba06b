import { common } from "./en/common.ts";

/** English; every other language has the same keys. */
export const texts = { common };
