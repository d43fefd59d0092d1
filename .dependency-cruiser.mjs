// Who may import whom. The compiler's project references stop most of it; here stands the whole table.
const table = {
  domain: [],
  demo: ["domain"],
  contract: ["domain"],
  storage: ["domain"],
  documents: ["domain"],
  usecases: ["domain", "storage", "documents"],
  http: ["usecases", "contract", "domain"],
  gateway: ["usecases", "domain"],
  jobs: ["usecases", "domain"],
  app: ["domain", "demo", "contract", "storage", "documents", "usecases", "http", "gateway", "jobs"],
  cli: ["app", "domain"],
  web: ["contract", "domain"],
};

/** Packages a pure layer may use; everything else from outside is closed to it. */
const purePackages = { domain: ["@noble/hashes", "canonicalize", "tinyqueue"], demo: ["@noble/hashes", "canonicalize"], contract: ["zod"] };

const tests = "\\.test\\.tsx?$";
const packages = (names) => `(^|/)node_modules/(${names.join("|")})/`;

const layers = Object.entries(table).map(([layer, allowed]) => ({
  name: `layer-${layer}`,
  comment: `${layer} may import ${[layer, ...allowed].join(", ")}`,
  severity: "error",
  from: { path: `^src/${layer}/`, pathNot: tests },
  to: { path: "^(src|test|tools|bench)/", pathNot: `^src/(${[layer, ...allowed].join("|")})/` },
}));

const pure = Object.entries(purePackages).flatMap(([layer, names]) => [
  {
    name: `${layer}-packages`,
    comment: `${layer} is pure: only ${names.join(", ")} from outside`,
    severity: "error",
    from: { path: `^src/${layer}/`, pathNot: tests },
    to: { dependencyTypesNot: ["local", "core"], path: "node_modules", pathNot: packages(names) },
  },
  {
    name: `${layer}-no-node`,
    severity: "error",
    from: { path: `^src/${layer}/`, pathNot: tests },
    to: { dependencyTypes: ["core"] },
  },
]);

const closed = (name, from, names, comment) => ({
  name,
  comment,
  severity: "error",
  from: { path: from, pathNot: tests },
  to: { path: packages(names) },
});

export default {
  forbidden: [
    ...layers,
    ...pure,
    { name: "no-cycles", comment: "type-only cycles count too", severity: "error", from: {}, to: { circular: true } },
    {
      name: "resolvable",
      comment: "an import that cannot be resolved escapes every other rule",
      severity: "error",
      from: { path: "^src/" },
      to: { couldNotResolve: true, pathNot: "^(virtual:|.*\\?(worker|url|raw|inline))" },
    },
    { name: "web-no-node", severity: "error", from: { path: "^src/web/", pathNot: `${tests}|vite\\.config\\.ts$` }, to: { dependencyTypes: ["core"] } },
    closed("sql-only-in-storage", "^src/(?!storage/)", ["pg", "kysely", "pg-copy-streams"], "SQL stays in storage"),
    closed("http-only-in-http", "^src/(storage|usecases|documents|gateway|jobs|cli)/", ["fastify", "@fastify", "fastify-type-provider-zod"], "HTTP stays in http"),
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    detectJSDocImports: false,
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "types", "node", "default"], extensions: [".ts", ".tsx", ".mjs", ".js", ".json"] },
  },
};
