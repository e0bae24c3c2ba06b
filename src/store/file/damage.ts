/** Where damage was found. */
type Source = "file" | "people" | "faces";

/** Opens the problem of one source, or closes it with null. */
export type ReportDamage = (source: Source, message: string | null) => void;

/** @param onProblem gets one sentence for everything that is damaged, when it changes; null once nothing is. */
export function createReportDamage(onProblem: (message: string | null) => void): ReportDamage {
  const open = new Map<Source, string>();
  let reported: string | null = null;
  return (source, message) => {
    if (message === null) open.delete(source);
    else open.set(source, message);
    const all = open.size === 0 ? null : [...open.values()].join("; ");
    if (all !== reported) onProblem(all);
    reported = all;
  };
}
