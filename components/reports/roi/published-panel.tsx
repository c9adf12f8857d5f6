import { DataTable } from "@/components/data-table/data-table";
import { MetricPanel } from "@/components/metrics/metric-panel";
import { formatCount, formatMoney, formatPercent } from "@/lib/core/format";
import { runModel } from "@/lib/roi/engine/run-model";
import { DORA_DEFAULTS, doraCalculator } from "@/lib/roi/published/dora-calculator";
import { CASE_ARTICLE, recomputeCaseArticle } from "@/lib/roi/published/source-000";
import { inputsOf001, SCENARIOS_001 } from "@/lib/roi/published/source-001";

const DOLLARS = "USD";
const dollars = (amount: { toNumber: () => number }) => formatMoney(amount.toNumber(), DOLLARS);

/** Published calculations, worked out again by the same engine: to hold one's own against, never a target. */
export function PublishedPanel() {
  const rows = Object.entries(SCENARIOS_001).map(([name, month]) => {
    const inputs = inputsOf001(month);
    const result = runModel(inputs, DOLLARS);
    const half = runModel({ ...inputs, realisation: "0.5" }, DOLLARS);
    return {
      name: `Scenario ${name}`,
      volume: formatCount(Number(month.pullRequests)),
      net: dollars(result.steadyNet.div(100)),
      breakEven: result.breakEven === null ? "none" : formatCount(result.breakEven.volume.toNumber()),
      half: dollars(half.steadyNet.div(100)),
    };
  });
  const article = recomputeCaseArticle(CASE_ARTICLE);
  const dora = doraCalculator(DORA_DEFAULTS);
  return (
    <MetricPanel
      title="What do published calculations come to?"
      note="Nuvox AI (source 001), a month each: all saved hours count there, and nothing is reworked or rolled back."
    >
      <DataTable
        caption="Published scenarios, worked out again"
        rows={rows}
        rowKey={({ name }) => name}
        columns={[
          { id: "name", header: "Published", rowHeader: true, cell: ({ name }) => name },
          { id: "volume", header: "PRs", align: "right", className: "max-sm:hidden", cell: ({ volume }) => volume },
          { id: "net", header: "Net", align: "right", cell: ({ net }) => net },
          { id: "breakEven", header: "Break-even", align: "right", cell: ({ breakEven }) => breakEven },
          { id: "half", header: "If half counts", align: "right", cell: ({ half }) => half },
        ]}
      />
      <ul className="num mt-3 grid gap-2 text-note text-ink-2">
        <li>
          Its “inflection at about 500 pull requests a month” is the break-even of none of them. It would be scenario
          A’s if 55 % of the saved hours counted, or if governance cost $4,500 a month.
        </li>
        <li>
          A case article (source 000) states {formatMoney(Number(CASE_ARTICLE.statedNet), DOLLARS)} a developer and
          year. Its own terms come to {dollars(article.net)}; without what it calls time to market to{" "}
          {dollars(article.hardNet)}, and to {dollars(article.hardNetHalfRealised)} if half of the time counts.
        </li>
        <li>
          DORA’s calculator of 2026 with its own figures: {dollars(dora.investment)} put in, {dollars(dora.value)} a
          year, a return of {formatPercent(dora.return.toNumber(), 0)}. It counts revenue of further features, and every
          saved hour.
        </li>
      </ul>
    </MetricPanel>
  );
}
