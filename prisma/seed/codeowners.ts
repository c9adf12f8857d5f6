import { dayOf } from "./calendar";
import { SAMPLE_OWNER, type SampleRepository, type TeamSlug } from "./company";

/** Paths of other teams inside a repository; the later rules are recorded from that day on. */
interface SharedPath {
  path: string;
  team: TeamSlug;
  fromDay: number;
}

const SHARED_PATHS: Readonly<Record<string, readonly SharedPath[]>> = {
  "payments-api": [{ path: "/internal/fees/", team: "ledger", fromDay: 0 }],
  "checkout-web": [
    { path: "/src/forms/", team: "web", fromDay: 0 },
    { path: "/src/layout/", team: "web", fromDay: dayOf("2026-02-02") },
  ],
  "identity-gateway": [{ path: "/internal/audittrail/", team: "data-platform", fromDay: 0 }],
  "mobile-app": [
    { path: "/cart/", team: "payments", fromDay: 0 },
    { path: "/networking/", team: "infrastructure", fromDay: dayOf("2025-12-01") },
  ],
  "storefront-web": [
    { path: "/src/checkout/", team: "payments", fromDay: 0 },
    { path: "/src/listing/", team: "search", fromDay: dayOf("2026-02-16") },
  ],
  "event-pipeline": [{ path: "/app/finance/", team: "ledger", fromDay: 0 }],
  "infra-terraform": [{ path: "/modules/storage/", team: "data-platform", fromDay: 0 }],
};

export const CODEOWNERS_PATH = ".github/CODEOWNERS";

/** The days on which a repository's CODEOWNERS file changes, its first day included; empty where it has none. */
export function codeownersDays(repository: SampleRepository): number[] {
  if (!repository.codeowners) return [];
  const days = (SHARED_PATHS[repository.name] ?? []).map((shared) => Math.max(shared.fromDay, repository.firstDay));
  return [...new Set([repository.firstDay, ...days])].sort((left, right) => left - right);
}

/** The file's text as of a day. */
export function codeownersText(repository: SampleRepository, day: number): string {
  const rules = (SHARED_PATHS[repository.name] ?? []).filter((shared) => shared.fromDay <= day);
  return [
    `* @${SAMPLE_OWNER}/${repository.team}`,
    `/docs/ @${SAMPLE_OWNER}/documentation`,
    ...rules.map((rule) => `${rule.path} @${SAMPLE_OWNER}/${rule.team}`),
    "",
  ].join("\n");
}
