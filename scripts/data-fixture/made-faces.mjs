import sharp from "sharp";

// Faces of people who do not exist, the same for the same seeds. Not the tests' and not the demo's, which may change.

const DAY = Date.parse("2026-02-18T07:00:00Z");
let minutes = 0;

/** Numbers from 0 to 1 (mulberry32). */
function createRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function makeEncoding(seed) {
  const random = createRandom(seed * 1_000);
  return Float32Array.from({ length: 128 }, () => (random() - 0.5) * 0.43);
}

/** At exactly this distance. */
export function makeNear(encoding, distance, seed) {
  const random = createRandom(seed * 7_919 + 13);
  const direction = Array.from(encoding, () => random() - 0.5);
  const length = Math.hypot(...direction);
  return encoding.map((value, i) => value + (direction[i] / length) * distance);
}

async function makePicture(seed) {
  const [r, g, b] = [seed * 37, seed * 71, seed * 113].map((value) => value % 256);
  const create = { width: 24 + (seed % 3) * 8, height: 32, channels: 3, background: { r, g, b } };
  return (await sharp({ create }).jpeg({ quality: 60 }).toBuffer()).toString("base64");
}

/** Photos of somebody, each a little different: every third without a source, every second with a picture. */
export async function photos(name, encoding, count, camera, spread = 0.15) {
  const messages = [];
  for (let i = 0; i < count; i++) {
    const number = ++minutes;
    const face = {
      id: `${name}-${i}`,
      camera,
      timestamp: new Date(DAY + number * 7 * 60_000).toISOString(),
      encoding: [...makeNear(encoding, spread, number)],
    };
    if (number % 3 !== 0) face.source = `frames/${camera}/2026-02-18/frame ${number}.jpg`;
    if (number % 4 !== 0) face.box = { x: number * 3, y: 40.5, width: 60 + (number % 7), height: 80 };
    if (number % 5 !== 0) face.detection_score = Number((0.8 + (number % 20) / 100).toFixed(2));
    if (number % 6 === 0) face.event_id = `event-${number}`;
    if (number % 2 === 0) face.thumbnail = await makePicture(number);
    messages.push(face);
  }
  return messages;
}
