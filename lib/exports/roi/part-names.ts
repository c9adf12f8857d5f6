import type { RoiReport } from "@/lib/metrics/money/read-report";
import type { ModelPart } from "@/lib/metrics/money/types";

/** The parts of the whole with a name each; those without a model are none of it. */
export function nameParts({ models, names }: RoiReport): { name: string; part: ModelPart }[] {
  const isOne = models.allocations.length === 1;
  const taken = new Set<string>(["Total", "Scenario"]);
  return models.parts
    .filter(({ model }) => model.inputs !== null)
    .map((part) => {
      const own =
        part.kind === "team"
          ? (names.teams.get(part.team ?? "") ?? part.team ?? "")
          : part.kind === "no_team"
            ? "In no team"
            : "Unallocated";
      const plain = isOne ? own : `${own} (${names.orgs.get(part.org) ?? part.org})`;
      let name = plain;
      for (let number = 2; taken.has(name); number += 1) name = `${plain} ${number}`;
      taken.add(name);
      return { name, part };
    });
}
