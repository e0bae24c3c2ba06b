import { mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { create } from "tar";
import { describe, expect, it } from "vitest";
import { readPackage } from "../../../../src/embed/models/fetch/read-package.ts";
import { tempFolder } from "../../../helpers/temp-folder.ts";

const WANTED = {
  name: "some-runtime",
  keeps: (path: string) => path === "package.json" || path.startsWith("dist/"),
  needs: ["package.json", "dist/index.js"],
};

const FILES = { "package/package.json": "{}", "package/dist/index.js": "1", "package/script/install.js": "2" };

/** An archive of these files, packed under their names. */
async function pack(files: Readonly<Record<string, string>>, others: readonly string[] = []): Promise<string> {
  const folder = tempFolder();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  if (others.includes("package/dist/link.js")) symlinkSync("/etc/passwd", join(folder, "package/dist/link.js"));
  const file = join(tempFolder(), "some.tgz");
  await create({ file, cwd: folder, gzip: true, preservePaths: true }, [...Object.keys(files), ...others]);
  return file;
}

describe("readPackage", () => {
  it("reads the files that are kept, and no other", async () => {
    const files = await readPackage(await pack(FILES), WANTED);
    expect([...files].map(([path, content]) => [path, content.toString()])).toEqual([
      ["package.json", "{}"],
      ["dist/index.js", "1"],
    ]);
  });

  it("says which file is missing", async () => {
    const file = await pack({ "package/package.json": "{}" });
    await expect(readPackage(file, WANTED)).rejects.toThrow("some-runtime: it has no dist/index.js");
  });

  it("refuses a package with links", async () => {
    const file = await pack(FILES, ["package/dist/link.js"]);
    await expect(readPackage(file, WANTED)).rejects.toThrow("package/dist/link.js is a SymbolicLink");
  });

  it.each(["package/../../evil.js", "other/dist/evil.js"])("refuses a package with %s", async (path) => {
    const file = await pack(FILES, []);
    const evil = await packOne(path);
    await expect(readPackage(file, WANTED)).resolves.toBeDefined();
    await expect(readPackage(evil, WANTED)).rejects.toThrow("leaves the package's folder");
  });

  it("refuses more than may be kept", async () => {
    const file = await pack({ ...FILES, "package/dist/large.js": "x".repeat(2_000) });
    await expect(readPackage(file, WANTED, 1_000)).rejects.toThrow("package/dist/large.js is too large");
  });

  it("refuses an archive that is cut short, or none at all", async () => {
    const file = await pack({ ...FILES, "package/dist/large.js": readFileSync(import.meta.filename, "utf8") });
    truncateSync(file, 600);
    await expect(readPackage(file, WANTED)).rejects.toThrow();
    writeFileSync(file, "no archive");
    await expect(readPackage(file, WANTED)).rejects.toThrow();
  });
});

/** An archive with one file that is named so, whatever the name means. */
async function packOne(path: string): Promise<string> {
  const folder = tempFolder();
  writeFileSync(join(folder, "content.js"), "evil");
  const file = join(tempFolder(), "evil.tgz");
  await create(
    {
      file,
      cwd: folder,
      gzip: true,
      preservePaths: true,
      onWriteEntry: (entry) => {
        entry.path = path;
      },
    },
    ["content.js"],
  );
  return file;
}
