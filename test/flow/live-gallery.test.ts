import { expect, it } from "vitest";
import { createLiveGallery } from "../../src/flow/live-gallery.ts";
import { makeEncoding } from "../make/encoding.ts";
import { openSqlite } from "../store/open-sqlite.ts";
import { assignment, makeScene } from "../store/scene.ts";

const names = (gallery: ReturnType<typeof createLiveGallery>) =>
  gallery
    .current("dlib")
    .nearest(makeEncoding(1), 5)
    .map((one) => one.person.name);

it("has a person as soon as it has settled after the commit, and not before", async () => {
  const { store, add, discover } = await makeScene(openSqlite);
  await discover({ c_1: await add({ encoding: makeEncoding(1) }) });
  const gallery = createLiveGallery(store);
  await gallery.reload();
  let isCommitted = false;
  const changing = gallery.change(async () => {
    await store.assign(assignment("c_1", "Anna"));
    isCommitted = true;
  });
  const settled = gallery.settled().then(() => [isCommitted, names(gallery)]);
  expect([isCommitted, names(gallery)]).toEqual([false, []]);
  expect(await settled).toEqual([true, ["Anna"]]);
  await changing;
});

it("settles after a change that failed too, and stays as it was", async () => {
  const { store, enrol } = await makeScene(openSqlite);
  await enrol("Anna", { encoding: makeEncoding(1) });
  const gallery = createLiveGallery(store);
  await gallery.reload();
  await expect(gallery.change(() => store.assign(assignment("c_none", "Bob")))).rejects.toMatchObject({
    code: "CLUSTER_NOT_FOUND",
  });
  await gallery.settled();
  expect(names(gallery)).toEqual(["Anna"]);
});
