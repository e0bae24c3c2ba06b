/**
 * Who may import whom, as CONTRIBUTING.md says it. `own` folders are allowed beside the folder itself; `types` only as
 * `import type`. What is not listed is forbidden.
 */
const LAYERS = {
  domain: {},
  recognize: { own: ["domain"] },
  cluster: { own: ["domain"] },
  config: { own: ["domain"] },
  wire: { own: ["domain"] },
  metrics: { own: ["domain"], types: ["wire"] },
  frames: { own: ["domain"] },
  store: { own: ["domain"], types: ["config"] },
  registry: { own: ["domain"], types: ["config", "store"] },
  mqtt: { own: ["domain", "wire"], types: ["config", "store"] },
  homeassistant: { own: ["domain", "wire"], types: ["mqtt", "store", "config"], also: ["^src/mqtt/topics[.]ts$"] },
  flow: { own: ["domain", "recognize", "cluster"], types: ["store", "registry", "frames"] },
  operations: { own: ["domain", "wire", "recognize", "flow"], types: ["store", "cluster"] },
  http: { own: ["domain", "wire"], types: ["operations", "metrics", "flow", "store"] },
  demo: { own: ["domain"], types: ["wire"] },
};

const folders = (names) => names.map((name) => `^src/${name}/`);

const layers = Object.entries(LAYERS).flatMap(([name, { own = [], types = [], also = [] }]) => [
  {
    name: `${name}-imports`,
    comment: `${name} may import ${own.join(", ") || "nothing"}${types.length > 0 ? ` and types of ${types.join(", ")}` : ""}`,
    severity: "error",
    from: { path: `^src/${name}/` },
    to: { path: ["^src/", "^ui/"], pathNot: folders([name, ...own, ...types]).concat(also) },
  },
  ...(types.length === 0
    ? []
    : [
        {
          name: `${name}-types-only`,
          comment: `${name} may use ${types.join(", ")} as types only`,
          severity: "error",
          from: { path: `^src/${name}/` },
          to: { path: folders(types), pathNot: also, dependencyTypesNot: ["type-only"] },
        },
      ]),
]);

/** Packages that one folder alone may import, so that they can be exchanged there. */
const HOMES = {
  "better-sqlite3": ["store"],
  mqtt: ["mqtt"],
  aedes: ["mqtt"],
  fastify: ["http"],
  "@fastify/[^/]+": ["http"],
  sharp: ["frames", "demo"],
  "prom-client": ["metrics"],
  "ml-hclust": ["cluster"],
  commander: ["cli"],
  "cli-progress": ["cli"],
};

const homes = Object.entries(HOMES).map(([name, at]) => ({
  name: `${name.replace(/\W+/g, "-")}-at-home`,
  comment: `only src/${at} may import ${name}`,
  severity: "error",
  from: { path: "^src/", pathNot: folders(at) },
  to: { path: `node_modules/(@types/)?${name}/` },
}));

module.exports = {
  forbidden: [
    {
      name: "no-circles",
      comment: "no cycles, types included",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "resolvable",
      comment: "an import that cannot be followed escapes all other rules",
      severity: "error",
      from: { path: "^(src|ui|test|bench)/" },
      to: { couldNotResolve: true },
    },
    ...layers,
    ...homes,
    {
      name: "cli-imports",
      comment: "cli may use everything but the inside of the API",
      severity: "error",
      from: { path: "^src/cli/" },
      to: { path: "^src/http/" },
    },
    {
      name: "one-root",
      comment: "only the command line knows the composition root",
      severity: "error",
      from: { path: "^src/", pathNot: ["^src/cli/", "^src/main[.]ts$"] },
      to: { path: ["^src/app[.]ts$", "^src/main[.]ts$", "^src/cli/", "^src/logging[.]ts$"] },
    },
    {
      name: "app-imports",
      comment: "the parts of the composition root are built by it alone, and know nothing of the command line",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/app([.]ts$|/)" },
      to: { path: "^src/app/" },
    },
    {
      name: "demo-apart",
      comment: "the daemon knows nothing of the demo",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/(demo|cli)/" },
      to: { path: "^src/demo/" },
    },
    {
      name: "no-svg-in-the-daemon",
      comment: "what reads SVG runs in a process without the daemon, which has that reader shut",
      severity: "error",
      from: { path: "^src/(app|cli/run|cli/demo/demo)[.]ts$" },
      to: { path: "^src/demo/drawn/paint[.]ts$", reachable: true },
    },
    {
      name: "ui-imports",
      comment: "the panel uses the types of the wire, and nothing else of the daemon",
      severity: "error",
      from: { path: "^ui/" },
      to: { path: "^src/", pathNot: "^src/wire/" },
    },
    {
      name: "ui-types-only",
      comment: "no code of the daemon reaches the browser",
      severity: "error",
      from: { path: "^ui/" },
      to: { path: "^src/wire/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "no-test-code",
      comment: "what is shipped does not import tests, benches or scripts",
      severity: "error",
      from: { path: "^(src|ui)/" },
      to: { path: "^(test|bench|scripts)/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: ["^src/[a-z]+/kernel/kernel[.]ts$", "/dist/", "^coverage/"] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    moduleSystems: ["es6"],
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default", "types"] },
  },
};
