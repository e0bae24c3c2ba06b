import { execFileSync } from "node:child_process";
import { existsSync, linkSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { createFrames } from "../../src/frames/locate.ts";
import { tempFolder } from "../helpers/temp-folder.ts";

let home: string;
let folder: string;

beforeEach(() => {
  home = tempFolder();
  folder = join(home, "frames");
  mkdirSync(join(folder, "door"), { recursive: true });
  writeFileSync(join(folder, "door/1.jpg"), "a frame");
  mkdirSync(join(home, "frames2"));
  writeFileSync(join(home, "frames2/secret.jpg"), "a secret");
  writeFileSync(join(home, "secret.jpg"), "a secret");
});

describe("source frames", () => {
  it("are found under the folder, beside it, and by absolute path", async () => {
    const frames = createFrames([folder]);
    for (const source of ["door/1.jpg", "frames/door/1.jpg", join(folder, "door/1.jpg")]) {
      expect(await frames.locate(source)).toBe(join(folder, "door/1.jpg"));
    }
    expect(Buffer.from((await frames.read("door/1.jpg")) ?? []).toString()).toBe("a frame");
  });

  it("are never read or deleted outside the folder", async () => {
    symlinkSync(join(home, "secret.jpg"), join(folder, "link.jpg"));
    symlinkSync(home, join(folder, "up"));
    linkSync(join(home, "secret.jpg"), join(folder, "hard.jpg"));
    execFileSync("mkfifo", [join(folder, "fifo")]);
    mkdirSync(join(folder, "dir.jpg"));
    const frames = createFrames([folder]);
    const vectors = [
      "../secret.jpg",
      "../frames2/secret.jpg",
      "door/../../secret.jpg",
      "door/../../frames2/secret.jpg",
      "link.jpg",
      "up/secret.jpg",
      "hard.jpg",
      "fifo",
      "dir.jpg",
      ".",
      "",
      "..",
      "/etc/passwd",
      "/dev/zero",
      "/proc/self/environ",
      "file:///etc/passwd",
      "http://127.0.0.1/x.jpg",
      "door/1.jpg\0.png",
      "x".repeat(5_000),
      "..%2fsecret.jpg",
      "secret.jpg",
    ];
    for (const source of vectors) {
      expect([source, await frames.locate(source)]).toEqual([source, null]);
      expect([source, await frames.read(source)]).toEqual([source, null]);
      expect([source, await frames.remove(source)]).toEqual([source, false]);
    }
    expect(existsSync(join(home, "secret.jpg")) && existsSync(join(home, "frames2/secret.jpg"))).toBe(true);
  });

  it("are deleted once", async () => {
    const frames = createFrames([folder]);
    expect(await frames.remove("door/1.jpg")).toBe(true);
    expect(existsSync(join(folder, "door/1.jpg"))).toBe(false);
    expect(await frames.remove("door/1.jpg")).toBe(false);
  });

  it("do not exist without a folder", async () => {
    expect(await createFrames([]).locate(join(folder, "door/1.jpg"))).toBeNull();
    expect(await createFrames([join(home, "nowhere")]).locate("1.jpg")).toBeNull();
  });
});
