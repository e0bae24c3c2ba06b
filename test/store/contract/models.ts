import { describe, expect, test } from "vitest";
import { buildModels } from "../../../src/domain/model.ts";
import { distance, meanEncoding, toLength } from "../../../src/domain/vectors/encoding.ts";
import { lengthOf, meanOf } from "../../../src/domain/vectors/mean.ts";
import { makeEncoding, makeNear, makeSface } from "../../make/encoding.ts";
import { assignment, makeScene, type OpenStore, snapshot } from "../scene.ts";

const SFACE = "sface";
const LENGTH = buildModels().get(SFACE)?.length as number;
const near = (seed: number): Float32Array => toLength(makeNear(makeSface(1), 0.4, seed), LENGTH);

export function describeModels(open: OpenStore): void {
  describe("encodings of several models", () => {
    test("are packed apart, each with as many numbers as its model has", async () => {
      const { store, add } = await makeScene(open);
      const wide = Float32Array.from({ length: 512 }, (_, i) => i);
      const [dlib, sface, other] = await add(
        {},
        { encoding: makeSface(1), model: SFACE },
        { encoding: wide, model: "wide" },
      );
      const collected = await store.collectUnassigned({ includeRecognized: true });
      expect(collected.map((one) => [one.model, one.faceIds, one.data.length])).toEqual([
        ["dlib", [dlib], 128],
        [SFACE, [sface], 128],
        ["wide", [other], 512],
      ]);
      expect((await store.encodings(["unassigned"], "wide")).data).toEqual(wide);
      expect(store.models().get("wide")).toEqual({ name: "wide", dimension: 512, length: null });
      await expect(add({ encoding: makeEncoding(1), model: "wide" })).rejects.toThrow(/512 numbers here, not 128/);
      expect((await store.counts()).faces).toBe(3);
    });

    test("keep the model of a group when it is ignored, undone, split and assigned", async () => {
      const scene = await makeScene(open);
      const { store } = scene;
      const ids = await scene.add(...[1, 2, 3, 4].map((seed) => ({ encoding: near(seed), model: SFACE })));
      await scene.discover({ c_1: ids }, { c_1: { model: SFACE } });
      const modelsOf = async (ignored: boolean) =>
        (await store.clusterOutlines({ ignored })).map((cluster) => cluster.model);
      const { clusters } = await store.split({ cluster: "c_1", version: null, faces: ids.slice(2) });
      expect(await modelsOf(false)).toEqual([SFACE, SFACE]);
      await store.undo();
      await store.ignore("c_1", null);
      await store.undo();
      const before = await snapshot(store);
      await store.assign(assignment("c_1", "Anna"));
      const [anna] = await store.registry();
      expect(anna?.encodings).toMatchObject([{ model: SFACE, count: 4 }]);
      expect((await store.person("Anna"))?.models).toEqual([SFACE]);
      await store.undo();
      expect(await snapshot(store)).toEqual(before);
      expect(await modelsOf(false)).toEqual([SFACE]);
      expect(clusters[0]).toBe("c_1");
    });

    test("have means of their length: of looks, of counter-examples, of ignored groups as they change", async () => {
      const scene = await makeScene(open);
      const { store } = scene;
      const faces = [1, 2, 3, 4, 5, 6].map(near);
      const ids = await scene.add(...faces.map((encoding) => ({ encoding, model: SFACE })));
      expect(lengthOf(meanEncoding(faces))).toBeLessThan(LENGTH * 0.97);
      await scene.discover({ c_1: ids.slice(0, 3) }, { c_1: { model: SFACE } });
      await store.assign(assignment("c_1", "Anna"));
      const contents = async () => {
        const { people, ignored } = await store.gallery();
        return { look: people[0]?.encodings[0], not: people[0]?.notEncodings ?? [], ignored: ignored[0] };
      };
      const expectMean = (encoding: Float32Array | undefined, of: readonly Float32Array[]): void => {
        expect(distance(encoding ?? new Float32Array(128), meanOf(of, SFACE))).toBeLessThan(1e-5);
      };
      expectMean((await contents()).look?.encoding, faces.slice(0, 3));
      await store.unassign([ids[0] as number]);
      expectMean((await contents()).look?.encoding, faces.slice(1, 3));

      await scene.discover({ c_2: ids.slice(3) }, { c_2: { model: SFACE } });
      await store.reject("c_2", null, "anna");
      expectMean((await contents()).not[1]?.encoding, faces.slice(3));
      await store.claim("anna", [ids[5] as number]);
      expectMean((await contents()).not[1]?.encoding, faces.slice(3, 5));
      await store.undo();
      expectMean((await contents()).not[1]?.encoding, faces.slice(3));

      await store.unignore("c_2").catch(() => undefined);
      await store.ignore("c_2", null);
      await store.unignore("c_2");
      await store.ignore("c_2", null);
      expectMean((await contents()).ignored?.encoding, faces.slice(3));
      await scene.add({ encoding: near(9), model: SFACE, ignoredCluster: "c_2" });
      expectMean((await contents()).ignored?.encoding, [...faces.slice(3), near(9)]);
      expect((await contents()).ignored).toMatchObject({ model: SFACE, count: 4 });
    });
  });
}
