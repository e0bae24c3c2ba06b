import { Value } from "typebox/value";
import { expect, it } from "vitest";
import { recognitionOperations } from "../../src/operations/recognition.ts";

const { input } = recognitionOperations.changeSettings;

it.each(["color", "__proto__", "constructor"])("takes no setting named %s", (key) => {
  expect(Value.Errors(input, JSON.parse(`{"${key}":1}`))).not.toEqual([]);
});

it.each(['{"recognition.threshold":"0.5"}', '{"discovery.schedule":5}'])(
  "takes no setting of another type: %s",
  (text) => {
    expect(Value.Errors(input, JSON.parse(text))).not.toEqual([]);
  },
);

it("takes the settings there are, null too", () => {
  expect(Value.Errors(input, { "recognition.threshold": 0.5, "discovery.schedule": null })).toEqual([]);
});
