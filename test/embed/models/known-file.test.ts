import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { knownFiles, WHEEL } from "../../../src/embed/models/known-file.ts";

const LINUX = { platform: "linux", arch: "x64" };

describe("the files that are taken", () => {
  it("are each of another size, so that one look at it says which one a file may be", () => {
    const sizes = knownFiles(LINUX, "https://registry.npmjs.org").map(({ bytes }) => bytes);
    expect(new Set(sizes).size).toBe(sizes.length);
    expect(sizes.length).toBe(8);
  });

  it("come over https from where they are published, packages from the registry that is named", () => {
    const files = knownFiles(LINUX, "https://npm.example/private/");
    const urls = Object.fromEntries(files.map(({ file, urls: all }) => [file, all[0] ?? null]));
    expect(urls).toMatchObject({
      "onnxruntime-node-1.30.0.tgz": "https://npm.example/private/onnxruntime-node/-/onnxruntime-node-1.30.0.tgz",
      "yunet.onnx": null,
    });
    expect(Object.values(urls).filter((url) => url !== null && !url.startsWith("https://"))).toEqual([]);
    // Both are the Zoo's own, from one commit of it.
    const zoo = files.flatMap((one) => one.urls).filter((url) => url.includes("opencv_zoo"));
    expect(zoo.map((url) => /\/raw\/([0-9a-f]{40})\/models\/face_\w+\/face_\w+_int8bq\.onnx$/.exec(url)?.[1])).toEqual([
      "25f423d0e04c31a17254620e58febd7386da523b",
      "25f423d0e04c31a17254620e58febd7386da523b",
    ]);
  });

  it("are the ones that the documentation says to download by hand", () => {
    const page = readFileSync(resolve(import.meta.dirname, "../../../docs/pictures.md"), "utf8");
    expect(page).toContain(WHEEL.file);
    for (const { file } of knownFiles(LINUX, "https://registry.npmjs.org")) {
      const [, name, version] = /^(onnxruntime-\w+)-(.*)\.tgz$/.exec(file) ?? [];
      if (name !== undefined) expect(page).toContain(`${name}@${version}`);
    }
  });
});
