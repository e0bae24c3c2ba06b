/** The types of pictures that are taken in and served. */
export type PictureType = "image/jpeg" | "image/png" | "image/webp";

/** The type of a picture by its first bytes; null: it is none of the three. */
export function toPictureType(bytes: Uint8Array): PictureType | null {
  const start = Buffer.from(bytes.subarray(0, 12)).toString("latin1");
  if (start.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (start.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  return start.startsWith("RIFF") && start.endsWith("WEBP") ? "image/webp" : null;
}
