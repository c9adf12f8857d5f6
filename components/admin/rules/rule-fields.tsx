"use client";

import { CATEGORIES, CATEGORY_LABEL } from "@/lib/core/dimensions";
import { LABEL_KINDS, type OwnRules, PLAIN_ROLES } from "@/lib/core/own-rules";
import type { Rules } from "@/lib/settings/types";
import { PatternField } from "./pattern-field";
import type { RuleDraft } from "./rule-draft";
import { RuleRows } from "./rule-rows";
import { LABEL_KIND_LABEL, ROLE_LABEL } from "./rule-words";

/** Every kind of rule that an organisation can make itself. */
export function RuleFields({
  draft,
  agents,
  problem,
  onChange,
}: {
  draft: RuleDraft;
  agents: Rules["agents"];
  /** What is wrong with one kind of them. */
  problem: (kind: keyof OwnRules) => string | null;
  onChange: (part: Partial<RuleDraft>) => void;
}) {
  const agentOptions = agents.map(({ key, name }) => [key, name] as const);
  const set =
    <Kind extends keyof RuleDraft>(kind: Kind) =>
    (value: RuleDraft[Kind]) =>
      onChange({ [kind]: value });
  return (
    <>
      <RuleRows
        legend="Accounts"
        noun="Account"
        hint="A login, such as acme-coder or acme-coder[bot], or an e-mail address of commits. Agents that you built yourselves are “In-house agent”."
        fields={[
          { name: "account", label: "login or address", placeholder: "acme-coder[bot]" },
          {
            name: "is",
            label: "who it is",
            options: [...agentOptions, ...PLAIN_ROLES.map((role) => [role, ROLE_LABEL[role] ?? role] as const)],
          },
        ]}
        rows={draft.accounts}
        problem={problem("accounts")}
        onChange={set("accounts")}
      />
      <RuleRows
        legend="Branches of agents"
        noun="Branch"
        hint="What the names of an agent’s branches begin with. A branch is a weak mark: anybody can name one so."
        fields={[
          { name: "prefix", label: "begins with", placeholder: "acme-coder/" },
          { name: "agent", label: "agent", options: agentOptions },
        ]}
        rows={draft.branches}
        problem={problem("branches")}
        onChange={set("branches")}
      />
      <RuleRows
        legend="Labels of agents"
        noun="Label"
        hint="Labels by which you mark what an agent made or helped with."
        fields={[
          { name: "label", label: "label", placeholder: "made by a robot" },
          {
            name: "is",
            label: "what it says",
            options: [...LABEL_KINDS.map((kind) => [kind, LABEL_KIND_LABEL[kind] ?? kind] as const), ...agentOptions],
          },
        ]}
        rows={draft.labels}
        problem={problem("labels")}
        onChange={set("labels")}
      />
      <RuleRows
        legend="Kinds of work"
        noun="Kind of work"
        hint="By label, by the type of a conventional title (“infra” in “infra: move the queue”), or by a path that is changed, written as in CODEOWNERS. Sensitive paths stand before all of them; of several that fit the riskiest holds."
        fields={[
          {
            name: "by",
            label: "by",
            options: [
              ["label", "Label"],
              ["title", "Type of title"],
              ["path", "Changed path"],
            ],
          },
          { name: "value", label: "what", placeholder: "area: money" },
          { name: "category", label: "kind", options: CATEGORIES.map((key) => [key, CATEGORY_LABEL[key]] as const) },
        ]}
        rows={draft.categories}
        problem={problem("categories")}
        onChange={set("categories")}
      />
      <PatternField
        label="Sensitive paths"
        hint="One pattern in a line, as in CODEOWNERS; the last one that fits decides. ! in front says that a path is not sensitive although its name sounds so (auth, payment, secret … are known)."
        example={"/services/ledger/\n!/docs-site/login-page/"}
        value={draft.sensitivePaths}
        problem={problem("sensitivePaths")}
        onChange={set("sensitivePaths")}
      />
      <PatternField
        label="Generated files"
        hint="Their lines are nobody’s work. Lock files, snapshots, minified, vendored and generated code are known; ! takes something out."
        example={"/api/client/\n!vendor/ours/"}
        value={draft.generatedFiles}
        problem={problem("generatedFiles")}
        onChange={set("generatedFiles")}
      />
      <RuleRows
        legend="Branches that are left out"
        noun="Branch left out"
        hint="Pull requests that bring no new work: synchronisations, mirrors, releases by another name. * stands for anything. They are kept, and counted in no rate."
        fields={[
          {
            name: "where",
            label: "from or to",
            options: [
              ["head", "From"],
              ["base", "To"],
            ],
          },
          { name: "pattern", label: "branch", placeholder: "sync/*" },
        ]}
        rows={draft.excludedBranches}
        problem={problem("excludedBranches")}
        onChange={set("excludedBranches")}
      />
      <PatternField
        label="Production environments"
        hint="Deployments there count. Names with prod, production or live as a word are known; * stands for anything, ! in front says that one is not production."
        example={"customer-*\n!production-preview"}
        value={draft.productionEnvironments}
        problem={problem("productionEnvironments")}
        onChange={set("productionEnvironments")}
      />
    </>
  );
}
