import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = resolve(import.meta.dirname, "../..");
const read = (name: string) => readFileSync(join(ROOT, name), "utf8");

describe("the repository", () => {
  it("installs from whatever registry its user has: the lock file names none", () => {
    const lock = JSON.parse(read("package-lock.json")) as { packages: Record<string, { resolved?: string }> };
    expect(Object.keys(lock.packages).length).toBeGreaterThan(100);
    expect(Object.values(lock.packages).filter((one) => one.resolved !== undefined)).toEqual([]);
  });

  it("has every optional package of other platforms in the lock file, without which npm ci refuses it", () => {
    const { packages } = JSON.parse(read("package-lock.json")) as {
      packages: Record<string, { optionalDependencies?: Record<string, string> }>;
    };
    const wanted = Object.entries(packages).flatMap(([path, one]) =>
      Object.keys(one.optionalDependencies ?? {}).map((name) => ({ path, name })),
    );
    expect(wanted.length).toBeGreaterThan(50);
    // Beside the package that wants it, or in a folder above.
    const folders = (path: string, name: string): string[] => {
      const above = path.lastIndexOf("node_modules/");
      const here = `${path === "" ? "" : `${path}/`}node_modules/${name}`;
      return path === "" ? [here] : [here, ...folders(path.slice(0, Math.max(0, above - 1)), name)];
    };
    expect(wanted.filter(({ path, name }) => !folders(path, name).some((folder) => packages[folder]))).toEqual([]);
  });

  it("allows every install script that a dependency needs, and no other", () => {
    const lock = JSON.parse(read("package-lock.json")) as {
      packages: Record<string, { hasInstallScript?: boolean; optional?: boolean }>;
    };
    const wanted = Object.entries(lock.packages)
      .filter(([, one]) => one.hasInstallScript === true && one.optional !== true)
      .map(([path]) => path.replace(/^.*node_modules\//, ""));
    const { allowScripts } = JSON.parse(read("package.json")) as { allowScripts: Record<string, boolean> };
    expect(Object.keys(allowScripts).sort()).toEqual(wanted.sort());
  });

  it("copies into the container only what is there, and builds with scripts that exist", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    const dockerfile = read("Dockerfile");
    for (const [, name] of dockerfile.matchAll(/npm run (\S+)/g)) expect(scripts).toHaveProperty([name as string]);
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.*) \S+$/gm)].flatMap(([, names]) =>
      (names as string).split(" "),
    );
    expect(copied).toContain("src");
    const ignore = read(".dockerignore").split("\n");
    for (const name of copied) {
      expect(existsSync(join(ROOT, name))).toBe(true);
      expect(ignore).toContain(`!${name}`);
    }
  });

  it.each(["Dockerfile", "homeassistant/app/Dockerfile"])(
    "fetches in %s what pictures need, outside of the data",
    (name) => {
      const dockerfile = read(name);
      expect(dockerfile).toMatch(/^RUN FACES2MQTT_SNAPSHOTS_MODELS_DIR=\/app\/models node dist\/main\.js models/m);
      expect(dockerfile).toMatch(/^ENV .*FACES2MQTT_DATA_DIR=\/data.* FACES2MQTT_SNAPSHOTS_MODELS_DIR=\/app\/models$/m);
      expect(dockerfile).toMatch(/^COPY --from=build \/app\/models models$/m);
    },
  );

  it("has every source and test file that its documentation names", () => {
    const pages = readdirSync(join(ROOT, "docs")).flatMap((name) => (name.endsWith(".md") ? [`docs/${name}`] : []));
    const named = [...pages, "README.md", "CONTRIBUTING.md"].flatMap((page) =>
      [...read(page).matchAll(/(?<![\w./-])(?:test|src)\/[\w./-]+\.ts\b/g)].map(([path]) => ({ page, path })),
    );
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter(({ path }) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it("has no way around the type checker, the linter or a test", () => {
    // Put together here, so that this file is not found.
    const ways = [
      "@ts-" + "ignore",
      "@ts-" + "expect-error",
      "biome-" + "ignore",
      "\\b(it|test|describe)\\." + "(only|todo)\\(",
    ];
    const way = new RegExp(ways.join("|"));
    const files = ["src", "ui/src", "test", "bench", "scripts"].flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((file) => `${folder}/${file}`),
    );
    // The kernels are AssemblyScript, which has decorators that TypeScript does not know.
    const sources = files.filter((file) => /\.m?ts$|\.mjs$/.test(file) && !file.endsWith("/kernel/kernel.ts"));
    expect(sources.length).toBeGreaterThan(100);
    expect(sources.filter((file) => way.test(read(file)))).toEqual([]);
  });
});
