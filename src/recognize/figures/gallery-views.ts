import type { Gallery, Near } from "../gallery.ts";

/** The gallery as it were without a person. */
export function withoutPerson(gallery: Gallery, personId: string): Gallery {
  const others = <T extends Near>(found: readonly T[], count: number): T[] =>
    found.filter((one) => one.person.personId !== personId).slice(0, count);
  return {
    ...gallery,
    nearest: (encoding, count) => others(gallery.nearest(encoding, count + 1), count),
    fitting: (mean, faces, count) => others(gallery.fitting(mean, faces, count + 1), count),
  };
}

/** The gallery as it were without an ignored group. */
export function withoutIgnored(gallery: Gallery): Gallery {
  return { ...gallery, nearestIgnored: () => null };
}

/** Two galleries of different people as one; ignored groups are those of the first. */
export function joinGalleries(a: Gallery, b: Gallery): Gallery {
  return {
    ...a,
    people: a.people + b.people,
    encodings: a.encodings + b.encodings,
    doubted: a.doubted + b.doubted,
    nearest: (encoding, count) =>
      [...a.nearest(encoding, count), ...b.nearest(encoding, count)]
        .sort((x, y) => x.distance - y.distance)
        .slice(0, count),
    fitting: (mean, faces, count) =>
      [...a.fitting(mean, faces, count), ...b.fitting(mean, faces, count)]
        .sort((x, y) => x.asSingle - y.asSingle)
        .slice(0, count),
  };
}

/** The gallery, with those near an encoding looked for once, however often they are asked for. It keeps what it is asked. */
export function rememberNear(gallery: Gallery): Gallery {
  const nearest = remember((encoding, _, count) => gallery.nearest(encoding, count));
  return {
    ...gallery,
    nearest: (encoding, count) => nearest(encoding, 1, count),
    fitting: remember(gallery.fitting),
  };
}

type Find<T> = (encoding: Float32Array, faces: number, count: number) => T[];

/** Of more that were found, the first are those that fewer would be. */
function remember<T>(find: Find<T>): Find<T> {
  const kept = new Map<Float32Array, { readonly faces: number; readonly count: number; readonly found: T[] }>();
  return (encoding, faces, count) => {
    let known = kept.get(encoding);
    if (!known || known.faces !== faces || known.count < count) {
      known = { faces, count, found: find(encoding, faces, count) };
      kept.set(encoding, known);
    }
    return known.found.slice(0, count);
  };
}
