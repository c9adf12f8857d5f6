import { DataTable } from "@/components/data-table/data-table";
import { formatCount } from "@/lib/core/format";
import type { MonthLine, MonthValues } from "@/lib/metrics/closes/types";
import { amountOf, partName } from "./close-words";

/** What a month came to, by team, with what is posted in it of months before. */
export function MonthTable({
  caption,
  values,
  currency,
  teamName,
}: {
  caption: string;
  values: MonthValues;
  currency: string;
  teamName: (slug: string) => string;
}) {
  const { adjusted, net, parts, total } = values;
  const posted: MonthLine = { part: "posted", merged: 0, ...adjusted };
  const withPosted: MonthLine = {
    part: "all",
    merged: total.merged,
    benefit: String(BigInt(total.benefit) + BigInt(adjusted.benefit)),
    cost: String(BigInt(total.cost) + BigInt(adjusted.cost)),
    net,
  };
  const hasPosted = adjusted.benefit !== "0" || adjusted.cost !== "0";
  const names: Readonly<Record<string, string>> = { posted: "Posted of months before", all: "With what is posted" };
  const amount = (of: "benefit" | "cost" | "net") => ({
    align: "right" as const,
    sortValue: (line: MonthLine) => Number(line[of]),
    cell: (line: MonthLine) => amountOf(line[of], currency),
  });
  const teams = parts.filter(({ part }) => !part.endsWith("/"));
  const nameOfPart = ({ part }: MonthLine) => names[part] ?? partName(part, teamName);
  const named = (ending: string) => parts.filter(({ part }) => part === ending);
  return (
    <DataTable
      caption={caption}
      rows={[...teams.toSorted((a, b) => nameOfPart(a).localeCompare(nameOfPart(b))), ...named("no-team/")]}
      foot={[...named("unallocated/"), total, ...(hasPosted ? [posted, withPosted] : [])]}
      rowKey={({ part }) => part}
      fold={15}
      columns={[
        { id: "part", header: "Team", rowHeader: true, cell: nameOfPart },
        {
          id: "merged",
          header: "Merged",
          align: "right",
          className: "max-sm:hidden",
          sortValue: ({ merged }) => merged,
          cell: ({ merged, part }) => (part === "posted" ? "" : formatCount(merged)),
        },
        { id: "benefit", header: "Benefit", className: "max-sm:hidden", ...amount("benefit") },
        { id: "cost", header: "Cost", ...amount("cost") },
        { id: "net", header: "Net", ...amount("net") },
      ]}
    />
  );
}
