import { DataTable } from "@/components/data-table/data-table";
import { COST_FIELD_LABEL, type CostFileReport, TOKEN_FIELDS } from "@/lib/core/cost-files";
import { formatCount, formatDateRange, formatMoney, formatMonth, formatQuantity } from "@/lib/core/format";
import { toMajor } from "@/lib/core/money";
import { COST_ITEM_LABEL } from "./cost-words";

const money = (minor: string, currency: string) => formatMoney(toMajor(minor, currency).toNumber(), currency);
const noon = (day: string) => `${day}T12:00:00Z`;

/** Whether something has to be said before the lines of a file can be read. */
export const hasQuestions = ({ problems }: CostFileReport): boolean => problems.some(({ line }) => line === null);

/** What a file holds and would change, or what is wrong with it. */
export function CostFileAnswer({ report }: { report: CostFileReport }) {
  const { firstDay, lastDay, lines, months, problemCount, totals, usage } = report;
  if (problemCount > 0) return <Problems report={report} />;
  if (firstDay === null || lastDay === null) return <p className="text-sm">The file holds no line of costs.</p>;
  return (
    <div className="grid gap-3">
      <p className="num text-sm">
        {formatQuantity(lines, "line")}, {formatDateRange(noon(firstDay), noon(lastDay), "UTC")}:{" "}
        <span className="font-medium">
          {totals.length === 0
            ? "tokens alone"
            : totals.map(({ currency, minor }) => money(minor, currency)).join(", ")}
        </span>
        {usage.length > 0 && totals.length > 0 && ", estimated from tokens"}. <Changes report={report} />
      </p>
      {usage.length > 0 && <Usage usage={usage} />}
      {months.length > 0 && (
        <DataTable
          caption="What the file holds"
          rows={months}
          rowKey={({ currency, item, month }) => `${month} ${item} ${currency}`}
          fold={12}
          columns={[
            {
              id: "month",
              header: "Month",
              rowHeader: true,
              cell: ({ month }) => formatMonth(noon(`${month}-15`), "UTC"),
            },
            { id: "item", header: "For", cell: ({ item }) => COST_ITEM_LABEL[item] },
            { id: "amount", header: "Amount", align: "right", cell: ({ currency, minor }) => money(minor, currency) },
          ]}
        />
      )}
      {totals.some(({ currency, exact, minor }) => !toMajor(minor, currency).eq(exact)) && (
        <p className="num text-note text-ink-3">
          The lines add up to {totals.map(({ currency, exact }) => `${exact} ${currency}`).join(", ")}; each day’s sum
          for the same thing is rounded once.
        </p>
      )}
    </div>
  );
}

function Usage({ usage }: { usage: CostFileReport["usage"] }) {
  return (
    <DataTable
      caption="Tokens that the file tells of"
      rows={usage}
      rowKey={({ model, provider }) => `${provider} ${model}`}
      fold={8}
      columns={[
        { id: "model", header: "Model", rowHeader: true, cell: ({ model }) => model },
        ...TOKEN_FIELDS.map((field) => ({
          id: field,
          header: COST_FIELD_LABEL[field],
          align: "right" as const,
          className: field === "input" || field === "output" ? "" : "max-md:hidden",
          cell: ({ tokens }: CostFileReport["usage"][number]) => formatCount(Number(tokens[field])),
        })),
        {
          id: "price",
          header: "Price",
          align: "right",
          cell: ({ isPriced }) => (isPriced ? "known" : <span className="text-bad">not known</span>),
        },
      ]}
    />
  );
}

function Changes({ report: { changes, posted, totals, usage } }: { report: CostFileReport }) {
  if (usage.some(({ isPriced }) => !isPriced))
    return "What has no price is kept, and counted as soon as somebody enters one under “What do tokens cost?”.";
  if (posted === 0 && totals.every(({ minor }) => minor === "0"))
    return "Nothing was charged for any of it: choose another column where its price before discounts is meant.";
  if (posted === 0) return "All of it is there already: entering it changes nothing.";
  const sums = changes.map(({ currency, minor }) => `${minor.startsWith("-") ? "" : "+"}${money(minor, currency)}`);
  return `Entering it posts ${formatQuantity(posted, "entry", "entries")}, ${sums.join(", ")}.`;
}

function Problems({ report }: { report: CostFileReport }) {
  const { problemCount, problems } = report;
  return (
    <div role="alert" className="grid gap-2">
      <p className="text-sm font-medium text-bad">
        {hasQuestions(report)
          ? "Something has to be said first:"
          : `${formatQuantity(problemCount, "line")} cannot be taken, so that nothing can be entered:`}
      </p>
      <ul className="num grid gap-1 text-sm">
        {problems.map(({ field, line, message }) => (
          <li key={`${line} ${field} ${message}`} className="[overflow-wrap:anywhere]">
            {line !== null && (
              <span className="text-ink-3">
                Line {line}
                {field !== null && `, ${COST_FIELD_LABEL[field].toLowerCase()}`}:{" "}
              </span>
            )}
            {message}
          </li>
        ))}
      </ul>
      {problemCount > problems.length && (
        <p className="num text-note text-ink-3">and {problemCount - problems.length} more.</p>
      )}
    </div>
  );
}
