import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { PICTURES } from "../../make/scene.ts";
import { startServer } from "../start-server.ts";

test("pictures come with a tag, and are not sent again while they hold", async () => {
  const { url } = await startServer();
  for (const path of ["thumbnail", "frame"]) {
    const first = await fetch(`${url}/api/faces/3/${path}`);
    expect(first.headers.get("content-type")).toBe("image/jpeg");
    expect(first.headers.get("cache-control")).toBe("private, no-cache");
    expect(Buffer.from(await first.arrayBuffer())).toEqual(readFileSync(join(PICTURES, "grey.jpg")));
    const tag = first.headers.get("etag") as string;
    for (const known of [tag, `W/${tag}`, `"other", ${tag}`]) {
      const again = await fetch(`${url}/api/faces/3/${path}`, { headers: { "if-none-match": known } });
      expect([again.status, again.headers.get("etag"), await again.text()]).toEqual([304, tag, ""]);
    }
    expect((await fetch(`${url}/api/faces/3/${path}`, { headers: { "if-none-match": '"other"' } })).status).toBe(200);
  }
});

test("the picture of an erased face is gone, whatever a browser has kept", async () => {
  const { url, people } = await startServer();
  await people.assign({ cluster: "c1", name: "Eve", version: null, excludeFaces: [], allowSameFrame: true });
  await people.remove("Eve", "erase");
  const response = await fetch(`${url}/api/faces/3/thumbnail`, { headers: { "if-none-match": "*" } });
  expect(response.status).toBe(404);
  expect(response.headers.get("cache-control")).toBe("no-store");
});
