import type { Store } from "../port.ts";
import type { ChangeDeps } from "../undo/change-steps.ts";
import { facesInWords } from "../undo/sentences.ts";

/** "Not Anna", of a cluster: one counter-example for all of it, and none of its faces is recognized as Anna any more. */
export function createReject(deps: ChangeDeps): Store["reject"] {
  const { connection, people, clusters, examples, visits, journal, steps } = deps;
  return async (clusterId, version, personId, by) =>
    connection.write(() => {
      const cluster = clusters.need(clusterId, version);
      const person = people.need(personId);
      const faceIds = clusters.members(cluster.id);
      if (examples.deniesAll(person.ref, faceIds)) return steps.toOutcome(person, faceIds, null);
      return journal.record(
        "reject",
        by,
        (recorder) => {
          examples.deny(person.ref, faceIds, true, recorder);
          visits.deny(person.ref, faceIds, recorder);
          steps.forgetSightings(faceIds, null, recorder);
          return steps.toOutcome(person, faceIds, recorder);
        },
        () => ({
          sentence: `a group of ${facesInWords(faceIds.length)} was marked as not ${person.name}`,
          faces: faceIds.length,
          names: [person.name],
        }),
      );
    });
}
