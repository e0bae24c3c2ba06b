// Time to compare one face with all enrolled people, at 100 to 100,000 encodings (10 each person).
//
//   npm run build && node bench/recognize.mjs

import { createMadePeople } from "../dist/demo/made-people.js";
import { decide } from "../dist/recognize/decide.js";
import { buildGallery } from "../dist/recognize/gallery.js";

const FACES = 300;
const people = createMadePeople("bench");
let photos = 0;
/** Another photo of person `i`. */
const look = (i) => people.look(`person ${i}`, `photo ${photos++}`);

for (const count of [100, 1_000, 10_000, 100_000]) {
  // People from `count / 10` on are strangers.
  const enrolled = count / 10;
  const gallery = buildGallery(
    Array.from({ length: enrolled }, (_, i) => ({
      personId: `person_${i}`,
      name: `Person ${i}`,
      encodings: Array.from({ length: 10 }, () => ({ encoding: look(i), count: 1, model: "dlib" })),
      notEncodings: [],
    })),
    [],
  );
  const faces = Array.from({ length: FACES }, (_, i) => look(i % enrolled));
  const strangers = Array.from({ length: FACES }, (_, i) => look(enrolled + i));
  for (const probe of faces) decide(probe, gallery, { threshold: 0.6, margin: 0 });
  /** Milliseconds of processor time for one face. */
  const time = (probes) => {
    const start = process.cpuUsage();
    for (const probe of probes) decide(probe, gallery, { threshold: 0.6, margin: 0 });
    return (process.cpuUsage(start).user / 1000 / probes.length).toFixed(3);
  };
  const known = time(faces);
  console.log(`${String(count).padStart(7)} encodings: ${known} ms a known face, ${time(strangers)} ms a stranger's`);
}
