import { CATEGORY_LABEL } from "@/lib/core/dimensions";
import type { OwnRules } from "@/lib/core/own-rules";
import type { RuleAspect } from "@/lib/settings/types";

export const ROLE_LABEL: Readonly<Record<string, string>> = {
  person: "A person",
  automation: "Automation, no agent",
  reviewer: "A program that reviews",
};

export const LABEL_KIND_LABEL: Readonly<Record<string, string>> = {
  agent: "Made by an agent",
  assisted: "An agent helped",
};

export const ASPECT_LABEL: Readonly<Record<RuleAspect, string>> = {
  author: "Author",
  agents: "Agents",
  category: "Kind of work",
  counted: "Counted",
  lines: "Lines",
  team: "Team",
};

const BY: Readonly<Record<string, string>> = { label: "Label", title: "Title", path: "Path" };

/** Each rule as a line for people. */
function linesOf(rules: OwnRules, agents: ReadonlyMap<string, string>): string[] {
  const agent = (key: string) => agents.get(key) ?? key;
  return [
    ...rules.accounts.map(({ account, is }) => `Account ${account}: ${ROLE_LABEL[is] ?? agent(is)}`),
    ...rules.branches.map(({ agent: key, prefix }) => `Branches ${prefix}…: ${agent(key)}`),
    ...rules.labels.map(({ is, label }) => `Label ${label}: ${LABEL_KIND_LABEL[is] ?? agent(is)}`),
    ...rules.categories.map(({ by, category, value }) => `${BY[by]} ${value}: ${CATEGORY_LABEL[category]}`),
    ...rules.sensitivePaths.map((pattern) => `Sensitive: ${pattern}`),
    ...rules.generatedFiles.map((pattern) => `Generated: ${pattern}`),
    ...rules.excludedBranches.map(({ pattern, where }) => `Left out: ${where === "head" ? "from" : "to"} ${pattern}`),
    ...rules.productionEnvironments.map((pattern) => `Production: ${pattern}`),
  ];
}

/** What one version says that the one before did not, and the other way round. */
export function compareRules(
  before: OwnRules,
  after: OwnRules,
  agents: ReadonlyMap<string, string>,
): { added: string[]; removed: string[] } {
  const [was, is] = [linesOf(before, agents), linesOf(after, agents)];
  return {
    added: is.filter((line) => !was.includes(line)),
    removed: was.filter((line) => !is.includes(line)),
  };
}
