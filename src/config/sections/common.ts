import { type KeyNotes, text } from "../key-types.ts";
import { isHost, isTopic, isUrl } from "../shapes.ts";

/** A path of this machine. */
export const Path = text("a path");

/** A host name or address. */
export const host = (notes: KeyNotes<string>) => text("a host name or address without port", isHost, notes);

/** A topic, or the first part of some. */
export const topic = (notes: KeyNotes<string>) =>
  text("a topic without + and #, and without / at either end", isTopic, notes);

/** Where pictures are fetched from. */
export const HttpUrl = text("a URL such as http://host:5000 (or https), without user and password in it", (value) =>
  isUrl(value, ["http:", "https:"]),
);
