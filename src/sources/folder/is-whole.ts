import { toPictureType } from "../../domain/pictures/picture.ts";

/** The last chunk of every PNG (https://www.w3.org/TR/png-3/#11IEND). */
const PNG_END = Buffer.from("49454e44ae426082", "hex");
/** Of a RIFF file, which its length does not count (https://developers.google.com/speed/webp/docs/riff_container). */
const RIFF_HEADER_BYTES = 8;

/** Whether a file holds a picture up to its end, by its last bytes; one that is being written does not. */
export function isWhole(bytes: Buffer): boolean {
  switch (toPictureType(bytes)) {
    case "image/jpeg":
      return bytes.at(-2) === 0xff && bytes.at(-1) === 0xd9;
    case "image/png":
      return bytes.subarray(-PNG_END.length).equals(PNG_END);
    case "image/webp":
      return bytes.length >= bytes.readUInt32LE(4) + RIFF_HEADER_BYTES;
    default:
      return false;
  }
}
