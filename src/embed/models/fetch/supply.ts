import { readdir, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { FacesError } from "../../../domain/errors.ts";
import { hasIntegrity } from "../hash-file.ts";
import type { KnownFile } from "../known-file.ts";
import { download } from "./download.ts";

/** What is said meanwhile. */
export interface FetchReport {
  /** A line for people. */
  say(line: string): void;
  /** How much of a file has come; null: no more is coming. */
  progress(file: string, received: number | null, total: number): void;
}

/** Gets verified files: those that were given, the others from the network. */
export interface Supply {
  /** Whether it was given; then {@link get} needs no network. */
  has(known: KnownFile): boolean;
  /**
   * Path of the file, whose hash is compared.
   * @throws {FacesError} `MODELS_MISSING` when it cannot be had, saying how to do without network.
   */
  get(known: KnownFile): Promise<string>;
}

export interface SupplyOptions {
  /** A file or folder, or a URL of http or https; null: all comes from where it is published. */
  readonly from: string | null;
  /** What may be given. */
  readonly known: readonly KnownFile[];
  /** A folder for downloads. */
  readonly work: string;
  readonly signal: AbortSignal;
  readonly report: FetchReport;
}

/** @throws {FacesError} `INVALID_INPUT` when what is given is none of the known files. */
export async function openSupply({ from, known, work, signal, report }: SupplyOptions): Promise<Supply> {
  const given = from === null ? new Map<string, string>() : await recognizeAll(await fetchGiven(from));
  return {
    has: ({ integrity }) => given.has(integrity),
    async get(file) {
      const path = given.get(file.integrity) ?? (await fetchPublished(file));
      given.set(file.integrity, path);
      return path;
    },
  };

  /** The given path; a URL's content after fetching it. */
  async function fetchGiven(source: string): Promise<string> {
    if (!/^https?:\/\//i.test(source)) return source;
    const url = new URL(source);
    const path = join(work, "given");
    const maxBytes = Math.max(...known.map((one) => one.bytes));
    report.say(`fetching ${url.href} from ${url.host}`);
    await download(url.href, path, { maxBytes, signal });
    return path;
  }

  async function recognizeAll(path: string): Promise<Map<string, string>> {
    const found = await stat(path);
    const files = found.isDirectory() ? (await readdir(path)).map((name) => join(path, name)) : [path];
    const recognized = new Map<string, string>();
    const reasons: string[] = [];
    for (const file of files) {
      const one = await recognize(file);
      if (typeof one === "string") reasons.push(one);
      else recognized.set(one.integrity, file);
    }
    if (recognized.size > 0) return recognized;
    const reason = reasons.length === 1 ? `${reasons[0]}. ` : `none of the files in ${path} is one that is taken. `;
    const names = known.map((one) => one.file).join(", ");
    throw new FacesError("INVALID_INPUT", `${reason}Taken are, recognized by their hashes: ${names}`);
  }

  /** @returns A sentence when it is none of the known files. */
  async function recognize(path: string): Promise<KnownFile | string> {
    const { size } = await stat(path);
    const alike = known.filter((one) => one.bytes === size);
    for (const one of alike) if (await hasIntegrity(path, one.integrity)) return one;
    const meant = alike[0] ?? known.find((one) => one.file === basename(path));
    if (meant === undefined) return `${path} is none of the files that are taken`;
    const difference = meant.bytes === size ? "its hash is another" : `it has ${size} bytes instead of ${meant.bytes}`;
    return `${path} is not the ${meant.file} that is taken: ${difference}`;
  }

  async function fetchPublished({ file, bytes, integrity, urls }: KnownFile): Promise<string> {
    const path = join(work, file);
    const reasons: string[] = [];
    for (const url of urls) {
      try {
        report.say(`fetching ${file} (${(bytes / 1e6).toFixed(1)} MB) from ${new URL(url).host}`);
        const onProgress = (received: number) => report.progress(file, received, bytes);
        await download(url, path, { maxBytes: bytes, signal, onProgress }).finally(() =>
          report.progress(file, null, bytes),
        );
        if (await hasIntegrity(path, integrity)) return path;
        await rm(path);
        reasons.push(`what came from ${url} is not the file that is pinned: its hash is another`);
      } catch (error) {
        if (!(error instanceof FacesError)) throw error;
        reasons.push(error.message);
      }
    }
    throw new FacesError("MODELS_MISSING", reasons.join("\n"));
  }
}
