import { expect, it } from "vitest";
import { readQuestionId, readQuestions, toAccepted } from "../../../../src/operations/reads/clusters/review.ts";
import { makeEncoding } from "../../../make/encoding.ts";
import { anna, around, bob, openClusters } from "../open-clusters.ts";

it("asks about each group that may be somebody known: sure ones first, then the largest", async () => {
  const { store, suggestions, save, discover } = await openClusters();
  await discover({
    few: await save(around(anna, 0.1, 2)),
    many: await save(around(bob, 0.1, 5)),
    stranger: await save(around(makeEncoding(9_000), 0, 7)),
  });
  const questions = await readQuestions({ store, suggestions });
  expect(questions.map(({ cluster }) => [cluster.id, cluster.suggestion.personId])).toEqual([
    ["many", "bob"],
    ["few", "anna"],
  ]);
  const version = (await store.cluster("many"))?.version;
  expect(readQuestionId(questions[0]?.id ?? "")).toEqual({ cluster: "many", version, personId: "bob" });
});

it("does not ask again what a user was unsure of, until the group changes", async () => {
  const { store, people, suggestions, save, discover } = await openClusters();
  const ids = await save(around(anna, 0.1, 3));
  await discover({ c1: ids });
  const [question] = await readQuestions({ store, suggestions });
  await people.saveUnsure(readQuestionId(question?.id ?? ""));
  expect(await readQuestions({ store, suggestions })).toEqual([]);
  await discover({ c1: ids.slice(0, 2) });
  expect(await readQuestions({ store, suggestions })).toHaveLength(1);
});

it("accepts the sure ones, of which only the largest three of each person become looks", async () => {
  const { store, people, suggestions, save, discover } = await openClusters();
  await discover({
    a1: await save(around(anna, 0.1, 5)),
    a2: await save(around(anna, 0.1, 4, 4)),
    a3: await save(around(anna, 0.1, 3, 5)),
    a4: await save(around(anna, 0.1, 2, 6)),
    b1: await save(around(bob, 0.1, 2)),
  });
  const accepted = toAccepted(await readQuestions({ store, suggestions }));
  expect(accepted.map((one) => [one.cluster, one.enrol])).toEqual([
    ["a1", true],
    ["a2", true],
    ["a3", true],
    // Of equal size: by id.
    ["a4", false],
    ["b1", true],
  ]);
  await people.assignAll(accepted, true);
  expect(await store.person("anna")).toMatchObject({ faces: 19, encodings: 4 });
  expect(await readQuestions({ store, suggestions })).toEqual([]);
});

it.each(["", "c_1", "c_1.0000000000000000", "c_1.0.anna.more"])("has no question %j", (id) => {
  expect(() => readQuestionId(id)).toThrow(expect.objectContaining({ code: "CLUSTER_NOT_FOUND" }));
});
