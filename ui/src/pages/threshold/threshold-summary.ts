import type { ThresholdAnswer } from "../../../../src/wire/out/schemas.ts";
import type { App } from "../../app.ts";
import { groupsOf, type Line, stepAt } from "../../state/settings/strictness.ts";

/** What the line would do, in one sentence, and what stays unchanged. */
export function summaryOf(app: App, study: ThresholdAnswer, line: Line): string {
  const words = app.t.strictness;
  const tried = { now: stepAt(study, line.at), names: stepAt(study, line.before.names) };
  const parts: string[] = [];
  if (line.scope !== "groups" && tried.now && study.people > 0 && study.unassigned > 0) {
    const { would_get_a_name: n } = tried.now;
    const was = tried.names?.would_get_a_name ?? n;
    parts.push(was === n ? words.sumNames({ n }) : words.sumNamesBefore({ n, before: was }));
  }
  const groups = groupsOf(tried.now);
  if (line.scope !== "names" && groups !== null && study.unassigned > 0) {
    const was = groupsOf(stepAt(study, line.before.groups)) ?? groups;
    parts.push(was === groups ? words.sumGroups({ n: groups }) : words.sumGroupsBefore({ n: groups, before: was }));
  }
  const nothing = study.unassigned === 0 ? words.sumNone : line.scope === "names" ? words.sumNobody : words.sumTooMany;
  const sentences = [parts.length > 0 ? words.sum({ parts: app.t.format.list(parts) }) : nothing];
  if (line.scope === "names") sentences.push(words.stay.groups({ at: app.t.format.threshold(line.before.groups) }));
  if (line.scope === "groups") sentences.push(words.stay.names({ at: app.t.format.threshold(line.before.names) }));
  return sentences.join(" ");
}
