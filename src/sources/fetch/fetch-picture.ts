import { toPictureType } from "../../domain/pictures/picture.ts";
import type { FetchBytes } from "./fetch-bytes.ts";
import { FetchFailed } from "./fetch-failed.ts";

/** What {@link toPictureType} has to see. */
const START_BYTES = 12;

/**
 * One picture: JPEG, PNG or WebP by its first bytes; what the server says of its type does not count.
 * @throws {FetchFailed} for any other answer.
 */
export async function fetchPicture(fetchBytes: FetchBytes, url: URL): Promise<Buffer> {
  const check = (start: Uint8Array, status: number): boolean => {
    checkStatus(url, status);
    if (start.byteLength < START_BYTES) return false;
    checkType(url, start);
    return true;
  };
  const { status, bytes } = await fetchBytes({ url, check });
  checkStatus(url, status);
  checkType(url, bytes);
  return bytes;
}

function checkStatus({ host }: URL, status: number): void {
  if (status === 401 || status === 403) {
    throw new FetchFailed("login", `${host} wants another login (HTTP ${status})`, { status });
  }
  if (status < 200 || status > 299) throw new FetchFailed("status", `${host} answered HTTP ${status}`, { status });
}

function checkType({ host }: URL, bytes: Uint8Array): void {
  if (bytes.byteLength === 0) throw new FetchFailed("not_a_picture", `${host} sent nothing`);
  if (toPictureType(bytes) !== null) return;
  const isStream = Buffer.from(bytes.subarray(0, 2)).toString() === "--";
  throw new FetchFailed(
    "not_a_picture",
    isStream
      ? `${host} sends a stream (MJPEG), not a picture: the camera has another address for single pictures`
      : `${host} sent no JPEG, PNG or WebP picture`,
  );
}
