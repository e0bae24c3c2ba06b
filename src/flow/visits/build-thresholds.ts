import { fittingThreshold } from "../../recognize/fit.ts";
import type { Galleries } from "../../recognize/galleries.ts";
import type { VisitRules } from "../../recognize/visits.ts";

/**
 * How near a face must be to the faces of a visit, by model; `threshold` is for two single faces. Each is computed once, since
 * they are the same few for all faces and visits: build them again for each batch, as people change.
 */
export function buildThresholds(threshold: number, galleries: Galleries): VisitRules["thresholdOf"] {
  const known = new Map<string, Map<number, number>>();
  return (model) => {
    const ofModel = known.get(model) ?? new Map<number, number>();
    known.set(model, ofModel);
    return (faces) => {
      const before = ofModel.get(faces);
      if (before !== undefined) return before;
      const fitting = fittingThreshold(threshold, 1, faces, galleries(model).spread);
      ofModel.set(faces, fitting);
      return fitting;
    };
  };
}
