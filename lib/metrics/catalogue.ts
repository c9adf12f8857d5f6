import { listMetrics } from "./registry";
import type { Benchmark, MetricDescriptor } from "./types";

const percent = (share: number) => `${Math.round(share * 1000) / 10} %`;

function windowOf(seconds: number | null): string {
  if (seconds === null) return "none";
  return seconds % 86_400 === 0 && seconds > 86_400
    ? `${seconds / 86_400} days after merge`
    : `${seconds / 3600} hours after merge`;
}

function benchmarkLine(
  { category, comparability, date, high, low, source }: Benchmark,
  unit: MetricDescriptor["unit"],
): string {
  const show = unit === "proportion" ? percent : (value: number) => value.toLocaleString("en-GB");
  const range = low === high ? show(low) : `${show(low)} to ${show(high)}`;
  const about = category === null ? "all" : `\`${category}\``;
  return `- ${about}: ${range} (${source}, ${date}; comparability: ${comparability})`;
}

function section(metric: MetricDescriptor): string {
  const facts = [
    ["Id", `\`${metric.id}\`, version ${metric.version}`],
    ["Question", metric.question],
    ["Formula", metric.formula],
    [
      "Unit",
      `${metric.unit}; ${metric.direction === "context" ? "neither high nor low is good in itself" : `${metric.direction} is better`}`,
    ],
    ["Window", windowOf(metric.windowSeconds)],
    ["Interval", metric.interval],
    ["Empty periods", metric.additive ? "0, where the data cover them" : "a gap"],
    ["Dimensions", metric.dimensions.map((dimension) => `\`${dimension}\``).join(", ")],
  ];
  return [
    `## ${metric.title}`,
    metric.definition,
    ["| | |", "|---|---|", ...facts.map(([name, value]) => `| ${name} | ${value} |`)].join("\n"),
    metric.caveats.map((caveat) => `- ${caveat}`).join("\n"),
    ...(metric.benchmarks.length === 0
      ? []
      : [
          "Published figures, for context and never as a target:",
          metric.benchmarks.map((figure) => benchmarkLine(figure, metric.unit)).join("\n"),
        ]),
  ].join("\n\n");
}

/** The catalogue of all metrics as Markdown: `docs/metrics.md` is this text. */
export function renderCatalogue(): string {
  const head = `# Metrics

Made from the registry in \`lib/metrics\`; a test keeps it current (\`npx vitest -u lib/metrics/catalogue.test.ts\` writes it).

Every figure is as of the watermark of the repositories it is about, never of the clock. Eligible means: merged into the
default branch and no automation, release, back-merge, backport or revert; what is left out is counted beside. A pull
request is mature for a window when it was merged at least the window and one hour before its repository's data end.
Missing is null with a reason, never 0. Below 10 pull requests a proportion is to be said as "k of n" (flag \`few\`),
below 30 it is a small sample (flag \`small_sample\`).`;
  return `${[head, ...listMetrics().map(section)].join("\n\n")}\n`;
}
