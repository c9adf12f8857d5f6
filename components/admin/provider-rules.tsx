"use client";

import { ROLE_WORDS } from "@/components/account/role-words";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import type { RoleRule, TeamChoice } from "@/lib/auth/types";
import { TeamChoices } from "./role-and-teams";

const ROLES = (Object.keys(ROLE_WORDS) as (keyof typeof ROLE_WORDS)[]).filter((role) => role !== "owner");

/** A rule under the reader's hands: it has no name of its own, so it is given one. */
export interface EditedRule extends RoleRule {
  key: number;
}

export const FIRST_RULE: RoleRule = { value: null, role: "viewer", teamIds: [] };

/** Which value of the claim makes which role; the strongest that fits holds. */
export function ProviderRules({
  isGitHub,
  rules,
  teams,
  onChange,
}: {
  isGitHub: boolean;
  rules: readonly EditedRule[];
  teams: readonly TeamChoice[];
  onChange: (rules: EditedRule[]) => void;
}) {
  const change = (key: number, part: Partial<RoleRule>) =>
    onChange(rules.map((rule) => (rule.key === key ? { ...rule, ...part } : rule)));
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 text-sm font-medium">Who gets which role</legend>
      <p className="text-note text-ink-3">
        {isGitHub
          ? "A team as organisation/team, or empty for every member."
          : "A value of the claim, or empty for everybody."}{" "}
        The strongest that fits holds.
      </p>
      {rules.map((rule, index) => (
        <div key={rule.key} className="grid gap-2 rounded-md border p-2.5">
          <div className="flex flex-wrap items-center gap-2">
            <div className="min-w-40 flex-1">
              <Input
                aria-label={`Rule ${index + 1}: ${isGitHub ? "team" : "value of the claim"}`}
                placeholder="Everybody"
                autoComplete="off"
                spellCheck={false}
                value={rule.value ?? ""}
                onChange={({ currentTarget: { value } }) => change(rule.key, { value: value === "" ? null : value })}
              />
            </div>
            <select
              aria-label={`Rule ${index + 1}: role`}
              className="h-9 rounded-md border border-line-control bg-panel px-2 text-sm"
              value={rule.role}
              onChange={({ currentTarget: { value } }) => change(rule.key, { role: value as RoleRule["role"] })}
            >
              {ROLES.map((role) => (
                <option key={role} value={role}>
                  {ROLE_WORDS[role].label}
                </option>
              ))}
            </select>
            {rules.length > 1 && (
              <Button
                type="button"
                size="sm"
                variant="ghost"
                aria-label={`Remove rule ${index + 1}`}
                onClick={() => onChange(rules.filter(({ key }) => key !== rule.key))}
              >
                Remove
              </Button>
            )}
          </div>
          {(rule.role === "lead" || rule.role === "viewer") && (
            <TeamChoices teamIds={rule.teamIds} teams={teams} onTeams={(teamIds) => change(rule.key, { teamIds })} />
          )}
        </div>
      ))}
      <Button
        type="button"
        size="sm"
        variant="outline"
        className="w-fit"
        onClick={() => onChange([...rules, { ...FIRST_RULE, key: Math.max(...rules.map(({ key }) => key)) + 1 }])}
      >
        Add a rule
      </Button>
    </fieldset>
  );
}
