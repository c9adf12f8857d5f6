/**
 * The table of docs/architecture.md as rules. Each comment is the rule in words: it is what a developer reads when
 * the check fails. There is no list of exceptions; move a line of the table instead, there and here together.
 */

/** What counts as ours; everything else is a package. */
const OURS = "^(app|components|lib|prisma|scripts|tests|bench)/";

/**
 * @param {string} name
 * @param {string} from
 * @param {readonly string[]} allowed paths, besides the layer itself
 * @param {string} comment
 */
function layer(name, from, allowed, comment) {
  return {
    name,
    severity: "error",
    comment,
    from: { path: from, pathNot: "\\.test\\.tsx?$" },
    to: { path: OURS, pathNot: allowed },
  };
}

/**
 * @param {string} name
 * @param {string} packages
 * @param {readonly string[]} owners
 * @param {string} comment
 */
function fence(name, packages, owners, comment) {
  return {
    name,
    severity: "error",
    comment,
    from: { path: "^(app|components|lib|prisma)/", pathNot: owners },
    to: { path: packages },
  };
}

const CORE = "^lib/core/";
const DB = "^lib/db/";
const TYPES = "^lib/[^/]+/(types|[^/]+/types)\\.ts$";
/** Arithmetic that answers at once in a browser. */
const ENGINES = "^lib/roi/(engine|published)/";
const SERVER_ENTRIES = "^lib/[^/]+/(loaders|types|schema|query|[^/]+/types)\\.ts$";
/** Of a route folder only these run on the server; view.tsx, search-params.ts and what they split off do not. */
const SERVER_FILES = "^app/.*\\b(page|layout|loading|not-found|default|template|prefetch)\\.tsx?$";
/** Routes: app/api, and what Prometheus reads. */
const ROUTES = "^app/(api|metrics)/";
const NOT_BROWSER = [ROUTES, SERVER_FILES, "\\.test\\.tsx?$"];

module.exports = {
  forbidden: [
    layer("layer-core", CORE, [CORE], "lib/core imports nothing of ours."),
    layer("layer-db", DB, [DB, CORE], "lib/db imports core only."),
    layer(
      "layer-telemetry",
      "^lib/telemetry/",
      ["^lib/telemetry/", CORE, DB],
      "lib/telemetry imports core and db only.",
    ),
    layer("layer-audit", "^lib/audit/", ["^lib/audit/", CORE, DB], "lib/audit imports core and db only."),
    layer(
      "layer-auth",
      "^lib/auth/",
      ["^lib/auth/", "^lib/audit/", CORE, DB],
      "lib/auth imports core, db and audit only.",
    ),
    {
      name: "system-scope",
      severity: "error",
      comment:
        "What answers a request asks with the scope of whoever asks: SYSTEM_SCOPE is for the product's own work.",
      from: {
        path: "^(app|components|lib)/",
        pathNot: ["^lib/metrics/(keep-warm|columns/refresh)\\.ts$", "^lib/(auth|cli|jobs)/", "\\.test\\.tsx?$"],
      },
      to: { path: "^lib/auth/system-scope\\.ts$" },
    },
    {
      name: "scope-minted-in-auth",
      severity: "error",
      comment: "Only lib/auth makes a Scope: it knows who is asking.",
      from: { path: "^(app|components|lib|prisma|bench)/", pathNot: ["^lib/auth/", "\\.test\\.tsx?$"] },
      to: { path: "^lib/auth/mint-scope\\.ts$" },
    },
    layer(
      "layer-api",
      "^lib/api/",
      ["^lib/api/", CORE, "^lib/auth/", "^lib/audit/", "^lib/telemetry/"],
      "lib/api imports core, auth, audit and telemetry only.",
    ),
    layer(
      "layer-settings",
      "^lib/settings/",
      ["^lib/settings/", CORE, DB, "^lib/auth/", "^lib/audit/"],
      "lib/settings imports core, db, auth and audit only.",
    ),
    layer("layer-events", "^lib/events/", ["^lib/events/", CORE, DB], "lib/events imports core and db only."),
    layer(
      "layer-events-schema",
      "^lib/events/schema\\.ts$",
      [CORE],
      "events/schema imports core only: sources and attribution read it, and they have no database.",
    ),
    layer(
      "layer-sources",
      "^lib/sources/",
      ["^lib/sources/", CORE, "^lib/events/schema\\.ts$"],
      "lib/sources imports core and events/schema only, never the database.",
    ),
    {
      name: "sources-apart",
      severity: "error",
      comment: "A source never imports another source; what two of them need belongs to core or events/schema.",
      from: { path: "^lib/sources/([^/]+)/" },
      to: { path: "^lib/sources/[^/]+/", pathNot: "^lib/sources/$1/" },
    },
    layer(
      "layer-attribution",
      "^lib/attribution/",
      ["^lib/attribution/", CORE, "^lib/events/schema\\.ts$"],
      "lib/attribution imports core and events/schema only: pure rules, no input or output.",
    ),
    layer(
      "layer-facts",
      "^lib/facts/",
      ["^lib/facts/", CORE, DB, "^lib/events/", "^lib/attribution/", "^lib/settings/"],
      "lib/facts imports core, db, events, attribution and settings only.",
    ),
    layer(
      "layer-metrics",
      "^lib/metrics/",
      ["^lib/metrics/", CORE, DB, "^lib/auth/", "^lib/roi/engine/"],
      "lib/metrics imports core, db, auth and the engine of roi only: it reads facts and rollups, never sources or the event log.",
    ),
    layer(
      "layer-metric-definitions",
      "^lib/metrics/definitions/",
      ["^lib/metrics/definitions/", "^lib/metrics/types\\.ts$", "^lib/metrics/columns/table\\.ts$", CORE],
      "A metric definition imports metrics/types, metrics/columns/table and core only.",
    ),
    layer(
      "layer-engines",
      "^lib/(roi/(engine|published)|governance/engine)/",
      ["^lib/roi/(engine|published)/", "^lib/governance/engine/", CORE, "^lib/metrics/statistics/"],
      "An engine is arithmetic: it imports core, the statistics of metrics and other engines only, and runs in a browser too.",
    ),
    layer("layer-roi", "^lib/roi/", ["^lib/roi/", CORE, "^lib/metrics/"], "lib/roi imports core and metrics only."),
    layer(
      "layer-governance",
      "^lib/governance/",
      ["^lib/governance/", CORE, "^lib/metrics/"],
      "lib/governance imports core and metrics only.",
    ),
    layer(
      "layer-exports",
      "^lib/exports/",
      ["^lib/exports/", CORE, "^lib/metrics/", "^lib/roi/", "^lib/governance/", "^lib/audit/types\\.ts$"],
      "lib/exports imports core, metrics, roi, governance and audit/types only.",
    ),
    layer(
      "layer-reports",
      "^lib/reports/",
      ["^lib/(reports|core|db|auth|settings|metrics|exports)/"],
      "lib/reports imports core, db, auth, settings, metrics and exports only.",
    ),
    layer(
      "layer-ingest",
      "^lib/ingest/",
      ["^lib/(ingest|core|db|settings|connections|events|sources|attribution|facts)/", "^prisma/seed/"],
      "lib/ingest imports core, db, settings, connections, events, sources, attribution, facts and the sample data only.",
    ),
    layer(
      "layer-connections",
      "^lib/connections/",
      ["^lib/connections/", CORE, DB, "^lib/settings/", "^lib/sources/github-"],
      "lib/connections imports core, db, settings and the sources of connected accounts only.",
    ),
    {
      name: "ingest-for-jobs-and-cli",
      severity: "error",
      comment: "Only lib/jobs and lib/cli import lib/ingest: nothing else starts an import.",
      from: { path: "^(app|components|lib|prisma)/", pathNot: ["^lib/(ingest|jobs|cli)/", "\\.test\\.tsx?$"] },
      to: { path: "^lib/ingest/" },
    },
    layer(
      "layer-web",
      "^lib/web/",
      ["^lib/(web|core|db|auth|api|settings|events)/"],
      "lib/web is the web process in front of the framework: it imports core, db, auth, api, settings and events only.",
    ),
    {
      name: "web-is-an-adapter",
      severity: "error",
      comment: "Nothing imports lib/web but the routes of app/api, which have its webhooks too.",
      from: { path: "^(app|components|lib|prisma)/", pathNot: ["^lib/web/", "^app/api/", "\\.test\\.tsx?$"] },
      to: { path: "^lib/web/" },
    },
    layer(
      "layer-jobs",
      "^lib/jobs/",
      ["^lib/(?!cli/)[^/]+/", "^prisma/seed/"],
      "lib/jobs imports the lib layers and the sample data, never app, components or the command line.",
    ),
    {
      name: "jobs-by-enqueue",
      severity: "error",
      comment: "Nothing imports lib/jobs but its enqueue; the command line, which starts jobs in its own process, may.",
      from: { path: "^(app|components|lib|prisma)/", pathNot: "^lib/(jobs|cli)/" },
      to: { path: "^lib/jobs/", pathNot: "^lib/jobs/enqueue\\.ts$" },
    },
    layer(
      "layer-cli",
      "^lib/cli/",
      ["^lib/", "^prisma/seed/"],
      "lib/cli imports lib and the sample data, never app or components.",
    ),
    {
      name: "cli-is-an-adapter",
      severity: "error",
      comment: "Nothing imports lib/cli: it is an adapter like app.",
      from: { path: "^(app|components|lib|prisma)/", pathNot: "^lib/cli/" },
      to: { path: "^lib/cli/" },
    },
    layer(
      "layer-seed",
      "^prisma/seed/",
      ["^prisma/seed/", CORE, "^lib/events/schema\\.ts$"],
      "The sample fleet makes events like a source: it imports core and events/schema only.",
    ),
    layer(
      "layer-bench",
      "^bench/",
      ["^bench/", "^lib/(?!cli/)[^/]+/", "^prisma/seed/"],
      "bench imports every lib layer but the command line, and the sample data, never app or components.",
    ),
    layer(
      "layer-components",
      "^components/",
      ["^components/", CORE, TYPES, ENGINES],
      "Components import each other, core, types of lib and the engine of roi only.",
    ),
    layer(
      "layer-ui",
      "^components/ui/",
      ["^components/ui/", CORE],
      "components/ui stays at the bottom: it imports no other component and nothing of lib but core.",
    ),
    {
      name: "layer-pages",
      severity: "error",
      comment: "An app page imports components, core, auth and lib/*/{loaders,types,schema,query} only.",
      from: { path: SERVER_FILES, pathNot: "^app/api/" },
      to: { path: OURS, pathNot: ["^app/(?!api/)", "^components/", CORE, "^lib/auth/", SERVER_ENTRIES] },
    },
    {
      name: "layer-browser",
      severity: "error",
      comment:
        "view.tsx, search-params.ts and what stands beside them run in the browser: they import each other, " +
        "components, core, types of lib and the engine of roi only.",
      from: { path: "^app/", pathNot: NOT_BROWSER },
      to: { path: OURS, pathNot: ["^app/(?!api/)", "^components/", CORE, TYPES, ENGINES] },
    },
    layer(
      "layer-routes",
      ROUTES,
      [
        "^app/api/",
        "^lib/(api|audit|auth|connections|core|events|metrics|roi|governance|exports|reports|settings)/",
        "^lib/jobs/enqueue\\.ts$",
        "^lib/web/[^/]+-webhook\\.ts$",
      ],
      "app/api imports api, audit, auth, connections, core, events, metrics, roi, governance, exports, reports, settings, jobs/enqueue and the webhooks of web only.",
    ),
    {
      name: "nothing-imports-app",
      severity: "error",
      comment: "Nothing imports app: its files are adapters.",
      from: { path: "^(components|lib|prisma|scripts)/" },
      to: { path: "^app/" },
    },
    {
      name: "product-never-imports-tests",
      severity: "error",
      comment: "The product never imports tests, benchmarks or scripts.",
      from: { path: "^(app|components|lib|prisma)/", pathNot: "\\.test\\.tsx?$" },
      to: { path: "^(tests|bench|scripts)/" },
    },
    fence(
      "fence-recharts",
      "node_modules/recharts/",
      ["^components/charts/"],
      "recharts is used in components/charts only.",
    ),
    fence("fence-prisma", "node_modules/(@prisma|prisma)/", [DB], "@prisma/* is used in lib/db only."),
    fence("fence-pg", "node_modules/(@types/)?pg(-copy-streams)?/", [DB], "pg is used in lib/db only."),
    fence(
      "fence-graphile-worker",
      "node_modules/graphile-worker/",
      ["^lib/jobs/"],
      "graphile-worker is used in lib/jobs only.",
    ),
    fence(
      "fence-octokit",
      "node_modules/@octokit/",
      ["^lib/sources/github-", "^lib/settings/"],
      "@octokit/* is used in lib/sources/github-* and in the connection flow of lib/settings only.",
    ),
    fence(
      "fence-accounts",
      "node_modules/(better-auth|@better-auth|openid-client|@node-rs/argon2|@zxcvbn-ts)/",
      ["^lib/auth/"],
      "What signs people in is used in lib/auth only.",
    ),
    fence(
      "fence-prometheus",
      "node_modules/prom-client/",
      ["^lib/telemetry/"],
      "prom-client is used in lib/telemetry only.",
    ),
    fence("fence-commander", "node_modules/commander/", ["^lib/cli/"], "commander is used in lib/cli only."),
    {
      name: "no-cycles",
      severity: "error",
      comment: "No import cycles: what both sides need belongs in a third file.",
      from: { pathNot: "^lib/db/generated/" },
      to: { circular: true },
    },
    {
      name: "resolvable",
      severity: "error",
      comment: "An import that cannot be resolved is checked by no rule.",
      from: { pathNot: "^lib/db/generated/" },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: ["node_modules", "^lib/db/generated/"] },
    exclude: { path: ["^\\.next/", "^node_modules/\\.cache"] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".mts", ".mjs", ".js", ".cjs", ".json", ".css", ".d.ts"],
    },
  },
};
