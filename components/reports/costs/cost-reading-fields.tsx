import { filterOptions } from "@/components/filters/filter-options";
import { useWorkspace } from "@/components/layout/workspace-context";
import {
  COST_FIELD_LABEL,
  COST_FIELDS,
  type CostField,
  type CostFieldPlace,
  type CostFileReport,
  type CostReading,
  type CostReadingInput,
  isUsage,
  REQUIRED_COST_FIELDS,
  TOKEN_FIELDS,
} from "@/lib/core/cost-files";
import { COST_ITEM_LABEL, COST_ITEM_NAMES } from "./cost-words";

const SELECT = "h-9 w-full min-w-0 rounded-md border border-line-control bg-panel px-2 text-sm";
const KNOWN_AS = { github: "A usage report of GitHub.", focus: "A FOCUS file." } as const;
const NOWHERE = "nowhere";
const SAME = "same";
/** Nothing of a file can be read without them; amounts and days differ from line to line. */
const REQUIRED: ReadonlySet<CostField> = new Set(REQUIRED_COST_FIELDS);
const OF_LINES: ReadonlySet<CostField> = new Set(["day", "amount", ...TOKEN_FIELDS]);

const OF_BILLS: ReadonlySet<CostField> = new Set(["amount", "currency", "item"]);
const OF_TOKENS: ReadonlySet<CostField> = new Set(["model", ...TOKEN_FIELDS]);

/** The fields that a file may have: of a bill, of usage, or of both while it is open which it is. */
function fieldsOf({ fields }: CostReading): readonly CostField[] {
  if (isUsage(fields)) return COST_FIELDS.filter((field) => !OF_BILLS.has(field) || field === "amount");
  return COST_FIELDS.filter((field) => fields.amount === null || !OF_TOKENS.has(field));
}

/** Which column of a file is what, as it was found or as somebody says. */
export function CostReadingFields({
  report: { columns, problems, reading: found },
  reading,
  onChange,
}: {
  report: CostFileReport;
  reading: CostReadingInput;
  onChange: (reading: CostReadingInput) => void;
}) {
  const put = (field: CostField, place: CostFieldPlace) =>
    onChange({ ...reading, fields: { ...reading.fields, [field]: place } });
  const isOrderOpen = found.fields.day !== null && problems.some(({ field, line }) => line === null && field === "day");
  return (
    <fieldset>
      <legend className="text-sm font-medium">Which column is what</legend>
      {found.format !== null && <p className="text-note text-ink-3">{KNOWN_AS[found.format]}</p>}
      <div className="mt-2 grid gap-x-4 gap-y-3 sm:grid-cols-2 lg:grid-cols-4">
        {fieldsOf(found).map((field) => (
          <FieldPlace key={field} field={field} place={found.fields[field]} columns={columns} onChange={put} />
        ))}
        <label className="grid content-start gap-1 text-note text-ink-2">
          Before the decimals stands
          <select
            value={found.decimalMark ?? ""}
            onChange={({ target }) => onChange({ ...reading, decimalMark: target.value === "," ? "," : "." })}
            className={SELECT}
          >
            {found.decimalMark === null && <option value="">Choose…</option>}
            <option value=".">a dot: 1,234.50</option>
            <option value=",">a comma: 1.234,50</option>
          </select>
        </label>
        {(found.dayOrder !== null || isOrderOpen) && (
          <label className="grid content-start gap-1 text-note text-ink-2">
            In 05/06/2026 the day is
            <select
              value={found.dayOrder ?? ""}
              onChange={({ target }) => onChange({ ...reading, dayOrder: target.value === "mdy" ? "mdy" : "dmy" })}
              className={SELECT}
            >
              {found.dayOrder === null && <option value="">Choose…</option>}
              <option value="dmy">5, of June</option>
              <option value="mdy">6, of May</option>
            </select>
          </label>
        )}
      </div>
    </fieldset>
  );
}

function FieldPlace({
  field,
  place,
  columns,
  onChange,
}: {
  field: CostField;
  place: CostFieldPlace;
  columns: readonly string[];
  onChange: (field: CostField, place: CostFieldPlace) => void;
}) {
  const values = useValues(field);
  const chosen = place === null ? NOWHERE : "value" in place ? SAME : `column ${place.column}`;
  const [first] = values;
  return (
    <div className="grid content-start gap-1">
      <label className="grid gap-1 text-note text-ink-2">
        {COST_FIELD_LABEL[field]}
        <select
          value={chosen}
          onChange={({ target }) => {
            if (target.value === NOWHERE) onChange(field, null);
            else if (target.value === SAME) onChange(field, { value: first?.value ?? "" });
            else onChange(field, { column: target.value.slice("column ".length) });
          }}
          className={SELECT}
        >
          <option value={NOWHERE}>{REQUIRED.has(field) ? "Not known yet" : "In no column"}</option>
          {!OF_LINES.has(field) && first !== undefined && <option value={SAME}>The same of every line</option>}
          {columns.map((column) => (
            <option key={column} value={`column ${column}`}>
              {column}
            </option>
          ))}
        </select>
      </label>
      {place !== null && "value" in place && (
        <select
          aria-label={`${COST_FIELD_LABEL[field]} of every line`}
          value={place.value}
          onChange={({ target }) => onChange(field, { value: target.value })}
          className={SELECT}
        >
          {!values.some(({ value }) => value === place.value) && <option value={place.value}>{place.value}</option>}
          {values.map(({ label, value }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      )}
    </div>
  );
}

const PROVIDERS = ["anthropic", "openai", "github", "google", "cursor", "cognition", "other"];

/** What every line of a file may have in common. */
function useValues(field: CostField): readonly { value: string; label: string }[] {
  const { dimensions } = useWorkspace();
  switch (field) {
    case "currency":
      return Intl.supportedValuesOf("currency").map((code) => ({ value: code, label: code }));
    case "item":
      return COST_ITEM_NAMES.map((item) => ({ value: item, label: COST_ITEM_LABEL[item] }));
    case "agent":
    case "team":
      return filterOptions(field, dimensions).filter(({ value }) => value !== "unknown" && value !== "unassigned");
    case "provider":
      return PROVIDERS.map((name) => ({ value: name, label: name }));
    default:
      return [];
  }
}
