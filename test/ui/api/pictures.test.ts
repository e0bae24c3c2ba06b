import { expect, it } from "vitest";
import type { Http } from "../../../ui/src/api/http.ts";
import { createPicturesApi } from "../../../ui/src/api/pictures.ts";

it.each([
  { started: { state: "running", dry_run: true }, answer: { state: "done", dry_run: true } },
  { started: { state: "running", dry_run: false }, answer: { state: "running", dry_run: false } },
])("a preview is waited for, a run that goes on in its place is not: $started.dry_run", async ({ started, answer }) => {
  const http: Pick<Http, "get" | "send"> = {
    get: async <T>() => ({ state: "done", dry_run: started.dry_run }) as T,
    send: async <T>() => started as T,
  };
  expect(await createPicturesApi(http).reencodePreview("sface")).toEqual(answer);
});
