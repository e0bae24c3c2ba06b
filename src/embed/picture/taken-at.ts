import readExif from "exif-reader";
import { openImage } from "../../frames/decoders.ts";

const OFFSET = /^([+-])(\d\d):(\d\d)$/;
const MINUTE_MS = 60_000;

/**
 * When a picture was taken, as its camera wrote it into it (EXIF, DateTimeOriginal); null: it does not say. Without a zone it
 * is the local time of this machine.
 * @param start Of a JPEG, PNG or WebP; the first 256 KiB are enough for most.
 */
export async function readTakenAt(start: Uint8Array): Promise<Date | null> {
  try {
    const { exif } = await openImage(start).metadata();
    const photo = exif === undefined ? undefined : readExif(exif).Photo;
    const written: unknown = photo?.DateTimeOriginal;
    if (!(written instanceof Date) || Number.isNaN(written.getTime())) return null;
    return toMoment(written, photo?.OffsetTimeOriginal);
  } catch {
    // No picture, or EXIF that cannot be read: then it does not say.
    return null;
  }
}

/** @param written What the clock on the wall showed, as if it were UTC. */
function toMoment(written: Date, offset: unknown): Date {
  const [, sign, hours, minutes] = (typeof offset === "string" && OFFSET.exec(offset.trim())) || [];
  if (sign !== undefined) {
    const ahead = (Number(hours) * 60 + Number(minutes)) * (sign === "-" ? -1 : 1);
    return new Date(written.getTime() - ahead * MINUTE_MS);
  }
  const [year, month, day] = [written.getUTCFullYear(), written.getUTCMonth(), written.getUTCDate()];
  return new Date(year, month, day, written.getUTCHours(), written.getUTCMinutes(), written.getUTCSeconds());
}
