import { describe, expect, it } from "vitest";
import { rich, toMessages } from "../../../ui/src/texts/compiled.ts";

describe("compiled messages", () => {
  const messages = toMessages<{ page: { title: string; of: (values: { name: string }) => string } }>({
    constants: { page: { title: "People" } },
    functions: { page: { of: ({ name }: { name: string }) => `Photos of ${name}, newest first` } },
  });

  it("are one tree of plain texts and functions", () => {
    expect(messages.page.title).toBe("People");
    expect(messages.page.of({ name: "Anna" })).toBe("Photos of Anna, newest first");
  });

  it("keep a name that is written from right to left apart from the sentence", () => {
    expect(messages.page.of({ name: "מרים" })).toBe("Photos of \u2068מרים\u2069, newest first");
  });

  it("take elements instead of texts", () => {
    const element = { tag: "b" };
    expect(rich(messages.page.of, { name: element })).toEqual(["Photos of ", element, ", newest first"]);
    expect(rich(messages.page.of, { name: "Anna" })).toEqual(["Photos of Anna, newest first"]);
  });
});
