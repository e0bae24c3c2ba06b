import { buffer } from "node:stream/consumers";
import { openPromise } from "yauzl";

/**
 * One member of a zip archive, by its exact name.
 * @throws {Error} when it is no zip archive, has no such member, or the member has another size than expected.
 */
export async function readZipMember(archive: string, name: string, bytes: number): Promise<Buffer> {
  const zip = await openPromise(archive, { autoClose: false, lazyEntries: true, strictFileNames: true });
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName !== name) continue;
      if (entry.uncompressedSize !== bytes)
        throw new Error(`${name} has ${entry.uncompressedSize} bytes instead of ${bytes}`);
      // The reader breaks off where more come than the entry says.
      return await buffer(await zip.openReadStreamPromise(entry));
    }
    throw new Error(`it has no ${name}`);
  } finally {
    zip.close();
  }
}
