import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readZipMember } from "../../../../src/embed/models/fetch/read-zip-member.ts";
import { tempFolder } from "../../../helpers/temp-folder.ts";
import { makeZip, type ZipMember } from "../../../make/make-zip.ts";

const CONTENT = Buffer.from("weights ".repeat(1_000));

function write(...members: ZipMember[]): string {
  const file = join(tempFolder(), "some.whl");
  writeFileSync(file, makeZip(members));
  return file;
}

describe("readZipMember", () => {
  it("reads the member of that name, whatever stands around it", async () => {
    const file = write({ name: "a/b.txt", content: Buffer.from("no") }, { name: "a/b.onnx", content: CONTENT });
    expect((await readZipMember(file, "a/b.onnx", CONTENT.length)).equals(CONTENT)).toBe(true);
  });

  it("says that a member is missing", async () => {
    const file = write({ name: "a/b.txt", content: CONTENT });
    await expect(readZipMember(file, "a/b.onnx", CONTENT.length)).rejects.toThrow("it has no a/b.onnx");
  });

  it("takes no member of another size than expected", async () => {
    const file = write({ name: "a/b.onnx", content: CONTENT });
    await expect(readZipMember(file, "a/b.onnx", 10)).rejects.toThrow("a/b.onnx has 8000 bytes instead of 10");
  });

  it("breaks off where more comes than the archive says", async () => {
    const bomb = Buffer.alloc(64 * 1024 * 1024);
    const file = write({ name: "a/b.onnx", content: bomb, declared: 10 });
    await expect(readZipMember(file, "a/b.onnx", 10)).rejects.toThrow(/too many bytes/);
  });

  it("refuses an archive with a name that leaves its folder", async () => {
    const file = write({ name: "../evil", content: CONTENT }, { name: "a/b.onnx", content: CONTENT });
    await expect(readZipMember(file, "a/b.onnx", CONTENT.length)).rejects.toThrow(/invalid relative path/);
  });

  it.each([0, 1, 100])("refuses what is cut short by all but %i bytes, or is no archive", async (bytes) => {
    const file = join(tempFolder(), "cut.whl");
    writeFileSync(file, makeZip([{ name: "a/b.onnx", content: CONTENT }]).subarray(0, bytes));
    await expect(readZipMember(file, "a/b.onnx", CONTENT.length)).rejects.toThrow();
  });
});
