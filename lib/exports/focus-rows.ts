import { addDays, startOfMonth } from "@/lib/core/zoned-time";
import type { CostLineItem } from "@/lib/metrics/money/cost-lines";
import type { CsvColumn } from "./csv";

type Item = CostLineItem["item"];

/** How FOCUS 1.2 classes what agents cost; its words. */
const CHARGE: Readonly<Record<Item, { category: "Usage" | "Purchase"; service: string; name: string }>> = {
  api: { category: "Usage", service: "AI and Machine Learning", name: "Models" },
  seats: { category: "Purchase", service: "Developer Tools", name: "Seats" },
  ci: { category: "Usage", service: "Developer Tools", name: "Checks" },
  infrastructure: { category: "Usage", service: "Compute", name: "Infrastructure" },
  training: { category: "Purchase", service: "Other", name: "Training" },
};

/** A bill names days and no hours: they are those of UTC, so that the day stays what it is. */
const midnight = (day: string): string => `${day}T00:00:00Z`;

const nameOf = ({ agent, item }: CostLineItem): string =>
  agent === null ? CHARGE[item].name : `${agent.name}, ${CHARGE[item].name.toLowerCase()}`;

/**
 * The mandatory columns of FOCUS 1.2 in their order, and our own behind `x_`. Of a charge we know what was billed: what it would
 * have cost by list or contract is told as the same, and its quantity as one charge.
 */
export const FOCUS_COLUMNS: readonly CsvColumn<CostLineItem>[] = [
  { head: "BilledCost", value: ({ amount }) => Number(amount) },
  { head: "BillingAccountId", value: ({ org }) => org.slug },
  { head: "BillingAccountName", value: ({ org }) => org.name },
  { head: "BillingCurrency", value: ({ currency }) => currency },
  { head: "BillingPeriodEnd", value: ({ day }) => midnight(startOfMonth(day, 1)) },
  { head: "BillingPeriodStart", value: ({ day }) => midnight(startOfMonth(day)) },
  { head: "ChargeCategory", value: ({ item }) => CHARGE[item].category },
  { head: "ChargeClass", value: () => null },
  { head: "ChargeDescription", value: (line) => `${nameOf(line)} by ${line.provider}` },
  { head: "ChargePeriodEnd", value: ({ day }) => midnight(addDays(day, 1)) },
  { head: "ChargePeriodStart", value: ({ day }) => midnight(day) },
  { head: "ContractedCost", value: ({ amount }) => Number(amount) },
  { head: "EffectiveCost", value: ({ amount }) => Number(amount) },
  { head: "InvoiceIssuerName", value: ({ provider }) => provider },
  { head: "ListCost", value: ({ amount }) => Number(amount) },
  { head: "PricingQuantity", value: () => 1 },
  { head: "PricingUnit", value: () => "Charges" },
  { head: "ProviderName", value: ({ provider }) => provider },
  { head: "PublisherName", value: ({ provider }) => provider },
  { head: "ServiceCategory", value: ({ item }) => CHARGE[item].service },
  { head: "ServiceName", value: nameOf },
  { head: "x_Basis", value: ({ basis }) => basis },
  { head: "x_Agent", value: ({ agent }) => agent?.key ?? null },
  { head: "x_Item", value: ({ item }) => item },
  { head: "x_Team", value: ({ team }) => team },
  { head: "x_CostCenter", value: ({ centre }) => centre?.code ?? null },
];
