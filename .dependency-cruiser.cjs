/**
 * Who may import whom, as CONTRIBUTING.md says it. `own` folders are allowed beside the folder itself; `types` only as
 * `import type`; `files` are single files. What is not listed is forbidden.
 */
const LAYERS = {
  domain: {},
  recognize: { own: ["domain"] },
  cluster: { own: ["domain"] },
  config: { own: ["domain"] },
  wire: { own: ["domain"] },
  frames: { own: ["domain"] },
  embed: { own: ["domain"], files: ["frames/decoders", "frames/thumbnail", "cluster/priority"] },
  sources: { own: ["domain"], types: ["config"] },
  store: { own: ["domain"] },
  registry: { own: ["domain"], types: ["store"] },
  metrics: { own: ["domain"] },
  mqtt: { own: ["domain", "wire"], types: ["config", "store"] },
  homeassistant: { own: ["domain"], types: ["mqtt", "store"], files: ["mqtt/topics"] },
  flow: { own: ["domain", "recognize", "cluster"], types: ["store", "frames"] },
  operations: { own: ["domain", "wire", "recognize"], types: ["flow", "store", "cluster"], files: ["flow/yielder"] },
  http: { own: ["domain", "wire", "operations"] },
  demo: { own: ["domain"], types: ["wire"] },
  app: {
    own: ["domain", "config", "wire", "cluster", "store", "registry", "frames", "embed", "flow", "operations"].concat([
      "mqtt",
      "homeassistant",
      "metrics",
      "http",
      "sources",
    ]),
  },
  cli: {
    own: ["domain", "config", "store", "registry", "mqtt", "demo", "embed"],
    types: ["wire"],
    files: ["app", "logging", "version", "wire/out/faces-message"],
  },
};

const folders = (names) => names.map((name) => `^src/${name}/`);
const single = (names) => names.map((name) => `^src/${name}[.]ts$`);

const layers = Object.entries(LAYERS).flatMap(([name, { own = [], types = [], files = [] }]) => [
  {
    name: `${name}-imports`,
    comment: `${name} may import ${own.join(", ") || "nothing"}${types.length > 0 ? ` and types of ${types.join(", ")}` : ""}`,
    severity: "error",
    from: { path: `^src/${name}/` },
    to: { path: ["^src/", "^ui/"], pathNot: [...folders([name, ...own, ...types]), ...single(files)] },
  },
  ...(types.length === 0
    ? []
    : [
        {
          name: `${name}-types-only`,
          comment: `${name} may use ${types.join(", ")} as types only`,
          severity: "error",
          from: { path: `^src/${name}/` },
          to: { path: folders(types), pathNot: single(files), dependencyTypesNot: ["type-only"] },
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
  sharp: ["frames", "embed", "demo"],
  "prom-client": ["metrics"],
  "ml-hclust": ["cluster"],
  "umap-js": ["cluster"],
  commander: ["cli"],
  "cli-progress": ["cli"],
  tar: ["cli", "embed"],
  yauzl: ["embed"],
};

/** Pure folders, and the files in them that start threads or read what the folder itself is made of. */
const PURE = ["domain", "recognize", "cluster", "wire", "config"];
const IMPURE_FILES = [
  "recognize/kernel/open-scan",
  "recognize/figures/figures-(thread|worker)",
  "cluster/kernel/open-kernel",
  "cluster/(clusterer|cluster-thread|worker|priority|free-memory)",
  "cluster/map/(projector|map-worker)",
  "cluster/propose/(proposer|propose-worker)",
  "cluster/distances/(pass-worker|start-helper)",
  "config/(load|read-environment)",
];

const homes = Object.entries(HOMES).map(([name, at]) => ({
  name: `${name.replace("/[^/]+", "")}-at-home`,
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
      comment:
        "an import that cannot be followed escapes all other rules; the texts are compiled when the panel is built",
      severity: "error",
      from: { path: "^(src|ui|test)/" },
      to: { couldNotResolve: true, pathNot: "^virtual:messages/" },
    },
    {
      name: "resolvable-bench",
      comment: "the same; what is measured is built first, and may not be built yet",
      severity: "error",
      from: { path: "^bench/" },
      to: { couldNotResolve: true, pathNot: "^([.][.]/)+dist/" },
    },
    ...layers,
    ...homes,
    {
      name: "pure-core",
      comment: `${PURE.join(", ")} compute; files, sockets, threads and time are handed in`,
      severity: "error",
      from: { path: folders(PURE), pathNot: single([...IMPURE_FILES, "domain/network/loopback"]) },
      to: { dependencyTypes: ["core"], pathNot: "^(node:)?crypto$" },
    },
    {
      name: "domain-without-packages",
      comment: "domain and recognize need no package",
      severity: "error",
      from: { path: folders(["domain", "recognize"]) },
      to: { path: "(^|/)node_modules/" },
    },
    {
      name: "ports-reach-no-adapter",
      comment: "an interface leads to nothing that implements it, not even by the types it uses",
      severity: "error",
      from: { path: ["^src/store/port([.]ts$|/)", "^src/mqtt/link/port[.]ts$", "^src/operations/system[.]ts$"] },
      to: {
        path: [
          "^src/store/(sqlite[.]ts$|clusters/|faces/|file/|people/|undo/)",
          "^src/mqtt/link/(embedded|external|create-link)[.]ts$",
          "node_modules/(@types/)?(better-sqlite3|mqtt|aedes|fastify)/",
        ],
        reachable: true,
      },
    },
    {
      name: "operations-change-by-flows",
      comment: "operations see the reading half of the store only; what changes state is a flow",
      severity: "error",
      from: { path: "^src/operations/", pathNot: single(["operations/reads/store"]) },
      to: { path: "^src/store/" },
    },
    {
      name: "one-root",
      comment: "only the command line knows the composition root",
      severity: "error",
      from: { path: "^src/", pathNot: ["^src/cli/", "^src/main[.]ts$"] },
      to: { path: ["^src/app[.]ts$", "^src/main[.]ts$", "^src/cli/", "^src/logging[.]ts$"] },
    },
    {
      name: "app-apart",
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
    exclude: {
      path: ["^src/[a-z]+/kernel/kernel[.]ts$", "^src/cluster/kernel/assembly/", "^(ui/)?dist/", "^coverage/"],
    },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    moduleSystems: ["es6"],
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default", "types"] },
  },
};
