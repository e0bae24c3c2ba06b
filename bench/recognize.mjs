// Time to compare one face with everybody enrolled, at 100 to 100,000 encodings (10 each person).
//
//   npm run build && node bench/recognize.mjs

import { decide } from "../dist/recognize/decide.js";
import { buildGallery } from "../dist/recognize/gallery.js";

const FACES = 300;
const normal = () => Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
const { makePeople } = await import("./made-people.mjs");

for (const count of [100, 1_000, 10_000, 100_000]) {
  const { people, look } = makePeople(count / 10, normal);
  const gallery = buildGallery(
    people.map((_, i) => ({
      personId: `person_${i}`,
      name: `Person ${i}`,
      encodings: Array.from({ length: 10 }, () => look(i)),
      notEncodings: [],
    })),
    [],
  );
  const faces = Array.from({ length: FACES }, (_, i) => look(i % people.length));
  const strangers = makePeople(FACES, normal).people;
  for (const probe of faces.slice(0, 50)) decide(probe, gallery, { threshold: 0.6, margin: 0 });
  const time = (probes) => {
    const took = probes.map((probe) => {
      const start = performance.now();
      decide(probe, gallery, { threshold: 0.6, margin: 0 });
      return performance.now() - start;
    });
    return took.sort((a, b) => a - b)[took.length >> 1].toFixed(3);
  };
  console.log(
    `${String(count).padStart(7)} encodings: ${time(faces)} ms a known face, ${time(strangers)} ms a stranger's (medians)`,
  );
}
