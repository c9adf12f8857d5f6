import { dayOf } from "./calendar";
import type { DomainKey } from "./domains";

/** The invented company: who owns which repository. All names and figures are made up. */

export const TEAMS = [
  { slug: "payments", name: "Payments", size: 11 },
  { slug: "ledger", name: "Ledger & billing", size: 8 },
  { slug: "identity", name: "Identity", size: 7 },
  { slug: "search", name: "Search", size: 8 },
  { slug: "mobile", name: "Mobile", size: 10 },
  { slug: "web", name: "Web experience", size: 11 },
  { slug: "data-platform", name: "Data platform", size: 9 },
  { slug: "infrastructure", name: "Infrastructure", size: 8 },
  { slug: "developer-experience", name: "Developer experience", size: 6 },
  { slug: "documentation", name: "Documentation", size: 6 },
  { slug: "fulfilment", name: "Fulfilment", size: 9 },
  { slug: "research-tools", name: "Research tools", size: 5 },
] as const;
export type TeamSlug = (typeof TEAMS)[number]["slug"];

/** How files are laid out and named in a repository. */
export type Layout = "typescript" | "go" | "python" | "kotlin" | "swift" | "terraform" | "sql" | "docs";

export interface SampleRepository {
  name: string;
  /** The team whose people and habits the repository has. */
  team: TeamSlug;
  domain: DomainKey;
  layout: Layout;
  /** Relative number of pull requests. */
  weight: number;
  merge: "squash" | "merge" | "rebase";
  /** Deployed to production. */
  service: boolean;
  /** Holds a CODEOWNERS file. */
  codeowners: boolean;
  /** Merges through a merge queue, whose clock sometimes runs a little behind. */
  queue: boolean;
  firstDay: number;
  /** Last day with ordinary activity; null while it is alive. */
  lastDay: number | null;
  /** Nobody is recorded as owner. */
  unowned: boolean;
  /** A later owner, recorded from that day on. */
  movesTo: { team: TeamSlug; day: number } | null;
}

type Traits = Partial<Omit<SampleRepository, "name" | "team" | "domain" | "layout" | "weight">>;

function repositoriesOf(
  team: TeamSlug,
  domain: DomainKey,
  rows: readonly (readonly [name: string, layout: Layout, weight: number, traits?: Traits])[],
): SampleRepository[] {
  return rows.map(([name, layout, weight, traits]) => ({
    name,
    team,
    domain,
    layout,
    weight,
    merge: "squash",
    service: false,
    codeowners: false,
    queue: false,
    firstDay: 0,
    lastDay: null,
    unowned: false,
    movesTo: null,
    ...traits,
  }));
}

const service = { service: true } as const;

export const REPOSITORIES: readonly SampleRepository[] = [
  ...repositoriesOf("payments", "payments", [
    ["payments-api", "go", 7, { service: true, codeowners: true, queue: true }],
    ["payment-router", "go", 4.5, service],
    ["checkout-web", "typescript", 5, { service: true, codeowners: true }],
    ["refunds-worker", "go", 2, service],
    ["payouts-service", "go", 2.6, service],
    ["fraud-signals", "python", 1.8, { service: true, firstDay: dayOf("2025-08-11") }],
  ]),
  ...repositoriesOf("ledger", "ledger", [
    ["ledger-core", "kotlin", 4, { service: true, merge: "merge" }],
    ["invoicing", "typescript", 3, service],
    ["reconciliation", "python", 1.8, service],
    ["tax-engine", "kotlin", 1.2, service],
    ["billing-portal", "typescript", 2.4, service],
  ]),
  ...repositoriesOf("identity", "identity", [
    ["identity-gateway", "go", 3.2, { service: true, codeowners: true }],
    ["profile-service", "go", 2, service],
    ["directory-sync", "go", 1.4, service],
    ["consent-center", "typescript", 1.6, service],
  ]),
  ...repositoriesOf("search", "search", [
    ["search-api", "go", 4.2, { service: true, queue: true }],
    ["search-indexer", "go", 3, service],
    ["ranking-lab", "python", 2.2],
    ["query-understanding", "python", 1.8, service],
    ["suggest-service", "go", 1.2, { service: true, firstDay: dayOf("2025-10-06") }],
  ]),
  ...repositoriesOf("mobile", "mobile", [
    ["mobile-app", "kotlin", 8, { codeowners: true, queue: true }],
    ["ios-kit", "swift", 2.6],
    ["android-kit", "kotlin", 2.2],
    ["push-gateway", "go", 1.4, { service: true, movesTo: { team: "infrastructure", day: dayOf("2026-04-01") } }],
    ["app-config", "typescript", 1.1, service],
  ]),
  ...repositoriesOf("web", "web", [
    ["storefront-web", "typescript", 7.5, { service: true, codeowners: true }],
    ["account-web", "typescript", 3.6, service],
    ["design-system", "typescript", 3.4, { merge: "rebase" }],
    ["web-analytics", "typescript", 1.4, service],
    ["landing-pages", "typescript", 1.8, service],
    ["seller-studio", "typescript", 2.4, { service: true, firstDay: dayOf("2026-01-12") }],
  ]),
  ...repositoriesOf("data-platform", "data", [
    ["warehouse-models", "sql", 4.4],
    ["event-pipeline", "python", 3, { service: true, codeowners: true }],
    ["stream-processor", "kotlin", 2.4, service],
    ["feature-store", "python", 1.6, service],
    ["metrics-catalog", "typescript", 1.2],
    ["data-quality", "python", 1.4],
  ]),
  ...repositoriesOf("infrastructure", "infra", [
    ["infra-terraform", "terraform", 4.2, { merge: "merge", codeowners: true }],
    ["kube-platform", "go", 2.4, { merge: "merge" }],
    ["ci-templates", "typescript", 1.8],
    ["edge-proxy", "go", 1.6, service],
    ["observability-stack", "terraform", 1.5],
    ["cluster-operator", "go", 1.2, { merge: "rebase" }],
  ]),
  ...repositoriesOf("developer-experience", "devx", [
    ["dev-cli", "go", 2.8, { merge: "rebase" }],
    ["build-cache", "go", 1.4, service],
    ["service-template", "typescript", 1.6],
    ["codegen", "typescript", 2],
    ["release-tooling", "typescript", 1.3],
  ]),
  ...repositoriesOf("documentation", "docs", [
    ["docs-site", "docs", 4.2],
    ["api-reference", "docs", 1.8],
    ["handbook", "docs", 1.2, { merge: "merge" }],
  ]),
  ...repositoriesOf("fulfilment", "fulfilment", [
    ["order-service", "kotlin", 3.4, service],
    ["inventory-service", "kotlin", 2.8, service],
    ["shipping-rates", "go", 1.4, { service: true, movesTo: { team: "payments", day: dayOf("2026-01-01") } }],
    ["warehouse-app", "typescript", 2, service],
    ["returns-service", "go", 1.3, service],
    ["partner-edi", "python", 0.8, { service: true, lastDay: dayOf("2026-02-13") }],
  ]),
  ...repositoriesOf("research-tools", "research", [
    ["notebook-tools", "python", 0.34],
    ["eval-harness", "python", 0.3, { firstDay: dayOf("2025-11-17") }],
  ]),
  ...repositoriesOf("web", "web", [["legacy-admin", "typescript", 1, { unowned: true }]]),
];

export const OWNERS_KNOWN_SINCE = "2025-01-01T00:00:00.000Z";

/** Slug of the organisation, and the owner that its pull requests name each other by. */
export const SAMPLE_OWNER = "sample-fleet";

/** Everything random in the sample is drawn from this. */
export const SAMPLE_SEED = 20_260_731;
