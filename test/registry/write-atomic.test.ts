import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, statSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { buildModels } from "../../src/domain/model.ts";
import { parseRegistry } from "../../src/registry/format/parse.ts";
import { clearLeftovers, type WriteSome, writeAtomic } from "../../src/registry/write-atomic.ts";
import { tempFolder } from "../helpers/temp-folder.ts";

const KILLS = 60;
const LOOP = join(import.meta.dirname, "write-loop.mjs");
const SOURCE = join(import.meta.dirname, "../../src/registry/write-atomic.ts");

describe("writing the registry file", () => {
  it("puts the whole text there, readable by its owner only, and leaves nothing else", async () => {
    const file = join(tempFolder(), "face_registry.json");
    await writeAtomic(file, "łąka");
    expect(readFileSync(file, "utf8")).toBe("łąka");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(file, ".."))).toEqual(["face_registry.json"]);
  });

  it("keeps what it replaced under another name, still open for a program that goes on writing into it", async () => {
    const file = join(tempFolder(), "face_registry.json");
    const copy = `${file}.replaced`;
    writeFileSync(file, "theirs");
    const descriptor = openSync(file, "a");
    await writeAtomic(file, "ours", { keepReplacedAs: copy });
    writeSync(descriptor, " too");
    closeSync(descriptor);
    expect(readFileSync(copy, "utf8")).toBe("theirs too");
    expect(readFileSync(file, "utf8")).toBe("ours");
  });

  it("keeps nothing unless asked to, or where there was nothing", async () => {
    const folder = tempFolder();
    const file = join(folder, "face_registry.json");
    await writeAtomic(file, "first", { keepReplacedAs: `${file}.replaced` });
    await writeAtomic(file, "ours");
    expect(readdirSync(folder)).toEqual(["face_registry.json"]);
  });

  it("goes on after a short write", async () => {
    const file = join(tempFolder(), "face_registry.json");
    const bySeven: WriteSome = async (handle, bytes, offset) =>
      (await handle.write(bytes, offset, Math.min(7, bytes.length - offset))).bytesWritten;
    const text = "x".repeat(1_000);
    await writeAtomic(file, text, { writeSome: bySeven });
    expect(readFileSync(file, "utf8")).toBe(text);
  });

  it.each<[string, WriteSome]>([
    [
      "the disk is full after a short write",
      async (handle, bytes, offset) => {
        if (offset > 0) throw Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });
        return (await handle.write(bytes, 0, 10)).bytesWritten;
      },
    ],
    ["nothing more is taken", async () => 0],
    // What a writer that trusts the first count would take for success.
    [
      "the disk says it took more than it did",
      async (handle, bytes, offset) => {
        await handle.write(bytes, offset, 10);
        return bytes.length - offset;
      },
    ],
  ])("throws and leaves the old file alone when %s", async (_what, writeSome) => {
    const folder = tempFolder();
    const file = join(folder, "face_registry.json");
    writeFileSync(file, "old");
    await expect(
      writeAtomic(file, "new".repeat(100), { keepReplacedAs: `${file}.replaced`, writeSome }),
    ).rejects.toThrow(/ENOSPC|of 300 bytes/);
    expect(readFileSync(file, "utf8")).toBe("old");
    expect(readdirSync(folder)).toEqual(["face_registry.json"]);
  });

  it("leaves nothing behind when it cannot be renamed into place", async () => {
    const folder = tempFolder();
    mkdirSync(join(folder, "face_registry.json"));
    const file = join(folder, "face_registry.json");
    await expect(writeAtomic(file, "new", { keepReplacedAs: `${file}.replaced` })).rejects.toThrow();
    expect(readdirSync(folder)).toEqual(["face_registry.json"]);
  });

  it("clears half-written files of a crash, and those of no other program", async () => {
    const folder = tempFolder();
    const file = join(folder, "face_registry.json");
    for (const name of ["", ".tmp.0011", ".replaced.0022", ".rejected.2026", ".bak"]) writeFileSync(file + name, name);
    await clearLeftovers(file);
    expect(readdirSync(folder).sort()).toEqual([
      "face_registry.json",
      "face_registry.json.bak",
      "face_registry.json.rejected.2026",
      "face_registry.json.replaced.0022",
    ]);
  });

  it(`leaves the old file or the new one when killed, ${KILLS} times; the plain way does not`, async () => {
    expect(await tornAfterKills("atomic", KILLS)).toBe(0);
    expect(await tornAfterKills("plain", KILLS)).toBeGreaterThan(0);
  }, 120_000);
});

/** Kills a process that writes all the time, and counts after how many kills the file was not whole. */
async function tornAfterKills(way: "atomic" | "plain", kills: number): Promise<number> {
  const folder = tempFolder();
  const file = join(folder, "face_registry.json");
  const module = way === "atomic" ? [compiled(tempFolder())] : [];
  let torn = 0;
  for (let n = 0; n < kills; n++) {
    const child = spawn(process.execPath, [LOOP, file, ...module], { stdio: ["ignore", "pipe", "inherit"] });
    await once(child.stdout, "data");
    await new Promise((resolve) => setTimeout(resolve, (n * 7) % 40));
    child.kill("SIGKILL");
    await once(child, "exit");
    if (parseRegistry(readFileSync(file, "utf8"), buildModels()).problems) torn++;
    await clearLeftovers(file);
    expect(readdirSync(folder).filter((name) => name.includes(".tmp."))).toEqual([]);
  }
  return torn;
}

/** The writer as JavaScript: a child process reads no TypeScript. */
function compiled(folder: string): string {
  const file = join(folder, "write-atomic.mjs");
  const { ESNext } = ts.ModuleKind;
  const { outputText } = ts.transpileModule(readFileSync(SOURCE, "utf8"), {
    compilerOptions: { module: ESNext, target: ts.ScriptTarget.ES2023 },
  });
  writeFileSync(file, outputText);
  return file;
}
