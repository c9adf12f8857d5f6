"use client";

import { useId } from "react";
import { ROLE_WORDS } from "@/components/account/role-words";
import { useMe } from "@/components/layout/workspace-context";
import type { Role, TeamChoice } from "@/lib/auth/types";

const ROLES = Object.keys(ROLE_WORDS) as Role[];

/** Which role, and for a lead or a viewer which teams. Nobody but an owner makes an owner. */
export function RoleAndTeams({
  role,
  teamIds,
  teams,
  disabled = false,
  onRole,
  onTeams,
}: {
  role: Role;
  teamIds: readonly number[];
  teams: readonly TeamChoice[];
  disabled?: boolean;
  onRole: (role: Role) => void;
  onTeams: (teamIds: number[]) => void;
}) {
  const me = useMe();
  const name = useId();
  const choices = ROLES.filter((one) => one !== "owner" || me.role === "owner" || role === "owner");
  return (
    <>
      <fieldset disabled={disabled} className="grid gap-1.5 disabled:opacity-60">
        <legend className="mb-1 text-sm font-medium">Role</legend>
        {choices.map((one) => (
          <label key={one} className="flex items-baseline gap-2 text-sm">
            <input
              type="radio"
              name={name}
              checked={role === one}
              onChange={() => onRole(one)}
              className="translate-y-0.5 accent-brand"
            />
            <span>
              <span className="font-medium">{ROLE_WORDS[one].label}</span>
              <span className="text-ink-3"> · {ROLE_WORDS[one].means}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {(role === "lead" || role === "viewer") && (
        <TeamChoices teamIds={teamIds} teams={teams} disabled={disabled} onTeams={onTeams} />
      )}
    </>
  );
}

/** Which teams somebody sees. */
export function TeamChoices({
  teamIds,
  teams,
  disabled = false,
  onTeams,
}: {
  teamIds: readonly number[];
  teams: readonly TeamChoice[];
  disabled?: boolean;
  onTeams: (teamIds: number[]) => void;
}) {
  const orgs = new Set(teams.map(({ org }) => org));
  const toggle = (id: number, chosen: boolean) =>
    onTeams(chosen ? [...teamIds, id] : teamIds.filter((other) => other !== id));
  return (
    <fieldset disabled={disabled} className="disabled:opacity-60">
      <legend className="mb-1 text-sm font-medium">Teams</legend>
      {teams.length === 0 ? (
        <p className="text-sm text-ink-3">
          There are no teams yet: they come with a connected organisation, or when a repository gets an owner.
        </p>
      ) : (
        <div className="grid max-h-52 gap-x-4 gap-y-1.5 overflow-y-auto rounded-md border p-2.5 sm:grid-cols-2">
          {teams.map(({ id, name, org }) => (
            <label key={id} className="flex items-baseline gap-2 text-sm">
              <input
                type="checkbox"
                checked={teamIds.includes(id)}
                onChange={(event) => toggle(id, event.currentTarget.checked)}
                className="translate-y-0.5 accent-brand"
              />
              <span className="[overflow-wrap:anywhere]">
                {name}
                {orgs.size > 1 && <span className="text-ink-3"> · {org}</span>}
              </span>
            </label>
          ))}
        </div>
      )}
    </fieldset>
  );
}
