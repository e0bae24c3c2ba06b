import type { TemplateResult } from "lit";
import type { ClusterJson } from "../../../src/wire/out/schemas.ts";
import type { App } from "../app.ts";
import type { Mark } from "../state/unknown/marks.ts";
import { banner } from "./banner.ts";

/** Why a group got no name: what changed in the meantime, else the reason. `action` is what to do about it. */
export function refusal(
  app: App,
  cluster: ClusterJson,
  mark: Mark & { kind: "refused" },
  action: { readonly label: string; readonly run: () => void },
): TemplateResult {
  const words = app.t.discover;
  const grown = cluster.size - mark.sizeThen;
  const text = grown > 0 ? words.joined(grown) : grown < 0 ? words.left(-grown) : app.explain(mark.error);
  return banner({ icon: "warn", title: words.notAssigned, text, bad: true, action });
}
