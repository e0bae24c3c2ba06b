import { describe, expect, it } from "vitest";
import { COMMANDS } from "../../src/operations/table.ts";
import { expectGolden, expectGoldenFolder } from "./golden-files.ts";
import { playComponentForm, playScene } from "./scene.ts";

/** Known to be no question with an answer: a stream that never ends, which the scene listens to. */
const STREAMS = ["GET /api/events"];

/** Operations of an OpenAPI document: `GET /api/faces/{id}`. */
function toOperations(paths: Readonly<Record<string, object>>): string[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
}

/** What is allowed, without what is said about it: that is HTTP's description. */
function withoutDescriptions(schema: object): unknown {
  return JSON.parse(JSON.stringify(schema), (key, value: unknown) => (key === "description" ? undefined : value));
}

// `UPDATE_GOLDEN=1 npx vitest run --project whole test/golden` writes the files anew: read what has changed in them.
describe("what others see of faces2mqtt", () => {
  it("takes the same commands as ever", () => {
    const inputs = [...COMMANDS].map(([name, { input }]) => [name, withoutDescriptions(input)]);
    expectGolden("commands", Object.fromEntries(inputs));
  });

  it("answers, tells and describes itself as ever, over HTTP and MQTT", { timeout: 180_000 }, async () => {
    const { answers, asked, topics, openapi } = await playScene();
    expectGolden("openapi", openapi);
    expectGoldenFolder("answers", answers);
    expectGoldenFolder("topics", topics);

    // And nothing that can be asked was left out.
    const operations = toOperations(openapi.paths).filter((one) => !STREAMS.includes(one));
    expect(operations.filter((one) => !asked.operations.has(one))).toEqual([]);
    expect([...COMMANDS.keys()].filter((one) => !asked.commands.has(one))).toEqual([]);
  });

  it("announces every component by itself to an older Home Assistant as ever", { timeout: 120_000 }, async () => {
    expectGolden("component-form", await playComponentForm());
  });
});
