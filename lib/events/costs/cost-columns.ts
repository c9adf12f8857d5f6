import type { CostField, CostFieldPlace, CostReading } from "@/lib/core/cost-files";
import { COST_FIELDS } from "@/lib/core/cost-files";

type Fields = CostReading["fields"];
type Format = CostReading["format"];

/** Names of columns, in small letters, by what they hold; the first that is there is taken. */
const NAMES: Readonly<Record<CostField, readonly string[]>> = {
  day: [
    "date",
    "day",
    "chargeperiodstart",
    "usage date",
    "usage_date",
    "invoice date",
    "invoice_date",
    "period start",
    "month",
  ],
  amount: [
    "billedcost",
    "net_amount",
    "net amount",
    "amount",
    "cost",
    "total",
    "cost_usd",
    "cost (usd)",
    "amount (usd)",
  ],
  currency: ["billingcurrency", "currency", "currency_code"],
  item: ["item", "kind", "cost type"],
  agent: ["agent", "tool"],
  team: ["team", "cost_center_name", "cost center", "cost centre", "department"],
  provider: ["provider", "serviceprovidername", "providername", "vendor", "supplier"],
  model: ["model", "model_name", "model name"],
  input: ["input_tokens", "input tokens", "uncached_input_tokens", "prompt_tokens", "input"],
  output: ["output_tokens", "output tokens", "completion_tokens", "output"],
  cacheRead: [
    "cache_read_tokens",
    "cache_read_input_tokens",
    "input_cached_tokens",
    "cached_tokens",
    "cache read tokens",
  ],
  cacheWrite: ["cache_write_tokens", "cache_creation_tokens", "input_cache_write_tokens", "cache write tokens"],
};

/** Columns by which the files of some are known, and what their lines all have in common. */
const FORMATS: readonly { format: Exclude<Format, null>; has: readonly string[]; all: Partial<Fields> }[] = [
  {
    format: "github",
    has: ["date", "product", "sku", "net_amount"],
    all: {
      currency: { value: "USD" },
      item: { value: "api" },
      agent: { value: "copilot" },
      provider: { value: "github" },
    },
  },
  { format: "focus", has: ["billedcost", "billingcurrency", "chargeperiodstart"], all: { item: { value: "api" } } },
];

/** Where each field of a file most likely is, by the names of its columns. */
export function guessFields(columns: readonly string[]): { format: Format; fields: Fields } {
  const byName = new Map(columns.map((column) => [column.toLowerCase(), column]));
  const known = FORMATS.find(({ has }) => has.every((name) => byName.has(name)));
  const guess = (field: CostField): CostFieldPlace => {
    // Files that were made here say it themselves.
    const own = byName.get(`x_${field}`);
    if (own !== undefined) return { column: own };
    const given = known?.all[field];
    if (given !== undefined) return given;
    const name = NAMES[field].find((one) => byName.has(one));
    const column = name === undefined ? undefined : byName.get(name);
    return column === undefined ? null : { column };
  };
  const fields = Object.fromEntries(COST_FIELDS.map((field) => [field, guess(field)])) as Record<
    CostField,
    CostFieldPlace
  >;
  return { format: known?.format ?? null, fields };
}
