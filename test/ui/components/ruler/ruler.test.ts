// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import { createHttp } from "../../../../ui/src/api/http.ts";
import type { Ruler } from "../../../../ui/src/components/ruler/ruler.ts";
import "../../../../ui/src/components/ruler/ruler.ts";
import { loadTexts } from "../../../../ui/src/texts/load.ts";

async function ruler(over: Partial<Ruler>): Promise<Ruler> {
  const element = document.createElement("f-ruler") as Ruler;
  Object.assign(element, {
    t: await loadTexts("en"),
    http: createHttp("http://localhost/", () => {}),
    nearest: { who: "Anna", distance: 0.32, thumbnail: "api/faces/1/thumbnail" },
    threshold: 0.6,
    ...over,
  });
  document.body.append(element);
  await element.updateComplete;
  return element;
}

describe("the ruler", () => {
  it("is one picture with one full sentence to a screen reader", async () => {
    const element = await ruler({ second: { who: "Julia", distance: 0.71 } });
    expect(element.getAttribute("role")).toBe("img");
    expect(element.getAttribute("aria-label")).toBe(
      "Clearly Anna: Anna is 0.32 away, next Julia 0.71; a name is used up to 0.60",
    );
  });

  it("says it in words and numbers, not in colour alone", async () => {
    const element = await ruler({ nearest: { who: "Anna", distance: 0.58, thumbnail: null } });
    expect(element.querySelector(".say")?.textContent).toBe("Barely Anna");
    expect(element.querySelector(".best em")?.textContent).toBe("0.58");
    expect(element.classList.contains("unsure")).toBe(true);
  });

  it("moves when the distance changes", async () => {
    const element = await ruler({});
    element.nearest = { who: "Anna", distance: 0.8, thumbnail: null };
    await element.updateComplete;
    expect(element.style.getPropertyValue("--d")).toBe("0.8");
    expect(element.querySelector(".say")?.textContent).toBe("Looks like nobody you know");
  });

  it("shows a name as text, whatever it looks like", async () => {
    const element = await ruler({ nearest: { who: "<img src=x onerror=alert(1)>", distance: 0.3, thumbnail: null } });
    expect(element.querySelector("img")).toBeNull();
    expect(element.textContent).toContain("<img src=x onerror=alert(1)>");
  });
});
