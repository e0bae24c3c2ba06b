import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openSupply } from "../../../../src/embed/models/fetch/supply.ts";
import type { KnownFile } from "../../../../src/embed/models/known-file.ts";
import { startHttpServer } from "../../../helpers/http-server.ts";
import { tempFolder } from "../../../helpers/temp-folder.ts";

const CONTENT = "the first file";

function known(file: string, content: string, urls: readonly string[] = [], algorithm = "sha256"): KnownFile {
  const digest = createHash(algorithm).update(content).digest("base64");
  return { file, bytes: content.length, integrity: `${algorithm}-${digest}`, urls };
}

const FIRST = known("first.whl", CONTENT);
const SECOND = known("second.tgz", "another file", [], "sha512");

async function open(from: string | null, files: readonly KnownFile[] = [FIRST, SECOND]) {
  const work = tempFolder();
  const said: string[] = [];
  const report = { say: (line: string) => said.push(line), progress: () => undefined };
  const signal = new AbortController().signal;
  return { supply: await openSupply({ from, known: files, work, signal, report }), work, said };
}

function write(name: string, content: string, folder = tempFolder()): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

describe("openSupply", () => {
  it("recognizes a given file by its hash, whatever it is called", async () => {
    const file = write("renamed.bin", CONTENT);
    const { supply } = await open(file);
    expect(supply.has(FIRST)).toBe(true);
    expect(supply.has(SECOND)).toBe(false);
    expect(await supply.get(FIRST)).toBe(file);
  });

  it("takes what it knows from a folder, and leaves the rest", async () => {
    const folder = tempFolder();
    write("a.whl", CONTENT, folder);
    write("b.tgz", "another file", folder);
    write("notes.txt", "notes", folder);
    mkdirSync(join(folder, "more"));
    const { supply } = await open(folder);
    expect([supply.has(FIRST), supply.has(SECOND)]).toEqual([true, true]);
  });

  it("takes a URL, and leaves it to the hash what it is", async () => {
    const { url } = await startHttpServer((_, response) => response.end(CONTENT));
    const { supply } = await open(`${url}/anything`);
    expect(readFileSync(await supply.get(FIRST), "utf8")).toBe(CONTENT);
  });

  it.each([
    [
      "an unknown file",
      "some.onnx",
      "what is this?",
      /some\.onnx is none of the files that are taken\. Taken are,.*first\.whl, second\.tgz/,
    ],
    [
      "a file of the right name and another size",
      "first.whl",
      "short",
      /is not the first\.whl that is taken: it has 5 bytes instead of 14/,
    ],
    [
      "a file of the right size and another content",
      "first.whl",
      "the f1rst file",
      /is not the first\.whl that is taken: its hash is another/,
    ],
  ])("refuses %s", async (_, name, content, reason) => {
    await expect(open(write(name, content))).rejects.toMatchObject({
      code: "INVALID_INPUT",
      message: expect.stringMatching(reason),
    });
  });

  it("refuses a folder with nothing in it that is taken, and a file that is not there", async () => {
    const folder = tempFolder();
    await expect(open(folder)).rejects.toThrow(`none of the files in ${folder} is one that is taken`);
    await expect(open(join(folder, "gone"))).rejects.toMatchObject({ code: "ENOENT" });
  });

  it("fetches what was not given, once, from where it is published", async () => {
    let asked = 0;
    const { url } = await startHttpServer((_, response) => {
      asked += 1;
      response.end(CONTENT);
    });
    const file = known("first.whl", CONTENT, [`${url}/first.whl`]);
    const { supply, said } = await open(null, [file]);
    expect(readFileSync(await supply.get(file), "utf8")).toBe(CONTENT);
    await supply.get(file);
    expect(asked).toBe(1);
    expect(said).toEqual([`fetching first.whl (0.0 MB) from ${new URL(url).host}`]);
  });

  it("asks the next address where one fails or gives something else", async () => {
    const { url } = await startHttpServer((request, response) => {
      if (request.url === "/good") response.end(CONTENT);
      else if (request.url === "/other") response.end("the f1rst file");
      else response.writeHead(500).end();
    });
    const bad = known("first.whl", CONTENT, [`${url}/broken`, `${url}/other`]);
    const { supply, work } = await open(null, [bad]);
    await expect(supply.get(bad)).rejects.toMatchObject({
      code: "MODELS_MISSING",
      message: expect.stringMatching(/it answered 500\n.*\/other is not the file that is pinned: its hash is another/),
    });
    expect(readdirSync(work)).toEqual([]);
    const good = { ...bad, urls: [...bad.urls, `${url}/good`] };
    expect(readFileSync(await supply.get(good), "utf8")).toBe(CONTENT);
  });
});
