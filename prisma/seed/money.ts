import type { TeamSlug } from "./company";

/** What the sample company says of hours and rates; every figure is made up. */
interface SampleAssumptions {
  team: string | null;
  validFrom: string;
  basis: "assumed" | "imported";
  why: string;
  values: { key: SampleKey; value: string; low: string | null; high: string | null }[];
}

type SampleKey =
  | "developerRate"
  | "reviewerRate"
  | "hoursSaved"
  | "delegationHours"
  | "hoursPerRework"
  | "hoursPerRollback"
  | "incidentShare"
  | "incidentCost"
  | "fixedMonthly"
  | "governanceHours"
  | "dipDevelopers"
  | "dipSalary"
  | "horizonMonths";

const plain = (key: SampleKey, value: string) => ({ key, value, low: null, high: null });

export const SAMPLE_CURRENCY = "USD";

/** What was said, oldest first. */
export const sampleAssumptions: readonly SampleAssumptions[] = [
  {
    team: null,
    validFrom: "2024-01-01",
    basis: "imported",
    why: "Cost centre plan of the finance department, loaded hourly cost as a blend of all levels",
    values: [plain("developerRate", "92"), plain("reviewerRate", "108")],
  },
  {
    team: null,
    validFrom: "2024-01-01",
    basis: "assumed",
    why: "Time study of 40 pull requests in two teams, written down by the engineering council",
    values: [
      { key: "hoursSaved", value: "1.6", low: "0.7", high: "2.6" },
      plain("delegationHours", "0.1"),
      plain("hoursPerRework", "0.8"),
      plain("hoursPerRollback", "3"),
    ],
  },
  {
    team: null,
    validFrom: "2024-01-01",
    basis: "assumed",
    why: "Incident reviews of the last year",
    values: [
      { key: "incidentShare", value: "0.06", low: "0.02", high: "0.12" },
      { key: "incidentCost", value: "2800", low: "900", high: "7500" },
    ],
  },
  {
    team: null,
    validFrom: "2024-01-01",
    basis: "assumed",
    why: "Plan of the platform group for the roll-out",
    values: [
      plain("fixedMonthly", "1200"),
      plain("governanceHours", "24"),
      plain("dipDevelopers", "40"),
      plain("dipSalary", "150000"),
      plain("horizonMonths", "36"),
    ],
  },
  {
    team: "mobile",
    validFrom: "2025-01-01",
    basis: "assumed",
    why: "Review and release of apps take most of the time that agents spare, says the lead of the team",
    values: [{ key: "hoursSaved", value: "0.5", low: "0.1", high: "1.1" }],
  },
];

const PRODUCT = { code: "4100", name: "Product engineering" };
const PLATFORM = { code: "4200", name: "Platform engineering" };
const LOGISTICS = { code: "4150", name: "Logistics" };

/** Which cost centres teams are of; one changed it, and one has none. */
export const sampleCostCentres: readonly {
  teams: readonly TeamSlug[];
  code: string;
  name: string;
  validFrom: string;
  validTo: string | null;
}[] = [
  {
    ...PRODUCT,
    teams: ["payments", "ledger", "identity", "search", "mobile", "web"],
    validFrom: "2024-01-01",
    validTo: null,
  },
  {
    ...PLATFORM,
    teams: ["data-platform", "infrastructure", "developer-experience", "documentation"],
    validFrom: "2024-01-01",
    validTo: null,
  },
  { ...PRODUCT, teams: ["fulfilment"], validFrom: "2024-01-01", validTo: "2026-06-30" },
  { ...LOGISTICS, teams: ["fulfilment"], validFrom: "2026-07-01", validTo: null },
];
