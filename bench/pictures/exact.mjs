import { readFileSync } from "node:fs";
import sharp from "sharp";
import { distance, overlap, quantiles, someOf } from "./frames.mjs";

export const ALL = { minScore: 0.6, minFacePx: 1, minNorm: 0 };
const ANGLES = [10, -10, 15, -15, 20, -20, 30, -30, 45, -45];

/** How many of the frames' faces are found, and how far encodings are from OpenCV's. */
export async function measureExactness(embed, frames) {
  let lost = 0;
  const apart = [];
  for (const { file, faces } of frames) {
    const found = (await embed(readFileSync(file), ALL)).faces;
    for (const { id, box, unit } of faces.filter((face) => face.id !== null)) {
      const same = found.find((one) => overlap(one.box, box) > 0.9);
      if (same) apart.push(distance(same.encoding, unit));
      else if (id !== null) lost++;
    }
  }
  const [p50, p99, max] = quantiles(apart, [0.5, 0.99, 1]);
  console.log(
    `frames' faces found: ${apart.length} of ${apart.length + lost}; unit L2 to OpenCV's own: median ${p50.toFixed(4)}, p99 ${p99.toFixed(4)}, most ${max.toFixed(4)}`,
  );
}

/** The frames turned: unit L2 to themselves upright. */
export async function measureTurned(embed, frames, count) {
  for (const angle of ANGLES) {
    const apart = [];
    let lost = 0;
    for (const { file, faces } of someOf(frames, count)) {
      const { box, unit } = faces.find(({ id }) => id !== null);
      const turned = await sharp(readFileSync(file))
        .rotate(angle, { background: "#000" })
        .jpeg({ quality: 95 })
        .toBuffer();
      const { width, height, faces: found } = await embed(turned, ALL);
      const [x, y, radians] = [box.x + box.width / 2 - 125, box.y + box.height / 2 - 125, (angle * Math.PI) / 180];
      const at = {
        x: width / 2 + x * Math.cos(radians) - y * Math.sin(radians),
        y: height / 2 + x * Math.sin(radians) + y * Math.cos(radians),
      };
      const one = found.find(
        (face) => Math.hypot(face.box.x + face.box.width / 2 - at.x, face.box.y + face.box.height / 2 - at.y) < 40,
      );
      if (one) apart.push(distance(one.encoding, unit));
      else lost++;
    }
    const [p50, p90] = quantiles(apart, [0.5, 0.9]);
    console.log(
      `turned by ${angle}°: ${apart.length} of ${apart.length + lost} found; unit L2 to themselves upright: median ${p50.toFixed(2)}, p90 ${p90.toFixed(2)}`,
    );
  }
}
