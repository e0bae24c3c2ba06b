import { createKept, type Kept } from "../kept.ts";

/** The group at whose tile the unknown faces are gone on with, after a group's page. */
export const createReturn = (): Kept<string> => createKept<string>("unknown.return");
