"use client";

import { useState } from "react";
import { FormAlert } from "@/components/account/form-alert";
import { useMe } from "@/components/layout/workspace-context";
import { queryKeys } from "@/components/query/query-keys";
import { useChange } from "@/components/query/use-account";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogDescription, DialogHeader, DialogTitle } from "@/components/ui/dialog";
import { SubmitButton } from "@/components/ui/submit-button";
import type { TeamChoice, UserItem } from "@/lib/auth/types";
import { JoinLink } from "./join-link";
import { RoleAndTeams } from "./role-and-teams";

/** What can be changed of one user. */
export function UserDialog({
  user,
  teams,
  onClose,
}: {
  user: UserItem | null;
  teams: readonly TeamChoice[];
  onClose: () => void;
}) {
  return (
    <Dialog open={user !== null} onOpenChange={(open) => !open && onClose()}>
      <DialogContent className="max-h-[calc(100dvh-2rem)] overflow-y-auto">
        {user !== null && <UserForm user={user} teams={teams} onClose={onClose} />}
      </DialogContent>
    </Dialog>
  );
}

function UserForm({ user, teams, onClose }: { user: UserItem; teams: readonly TeamChoice[]; onClose: () => void }) {
  const me = useMe();
  const [role, setRole] = useState(user.role);
  const [teamIds, setTeamIds] = useState(user.teams.map(({ id }) => id));
  const change = useChange([queryKeys.users]);
  const isSelf = user.id === me.id;
  const isAbove = user.role === "owner" && me.role !== "owner";
  const save = (body: Record<string, unknown>, onSuccess: () => void) =>
    change.mutate({ url: `/api/v1/users/${user.id}`, method: "PATCH", body }, { onSuccess });
  return (
    <>
      <DialogHeader>
        <DialogTitle>{user.name}</DialogTitle>
        <DialogDescription>
          {isAbove
            ? "Only an owner changes an owner."
            : isSelf
              ? "This is you: your own role is changed by another owner or admin, your password under your name."
              : user.email}
        </DialogDescription>
      </DialogHeader>
      {!isAbove && !isSelf && (
        <form
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            save({ role, teamIds }, onClose);
          }}
        >
          <RoleAndTeams role={role} teamIds={teamIds} teams={teams} onRole={setRole} onTeams={setTeamIds} />
          <FormAlert message={change.error?.message ?? null} />
          <SubmitButton disabled={change.isPending} className="w-fit">
            Save
          </SubmitButton>
        </form>
      )}
      {!isAbove && !isSelf && <UserActions user={user} save={save} onClose={onClose} />}
    </>
  );
}

function UserActions({
  user,
  save,
  onClose,
}: {
  user: UserItem;
  save: (body: Record<string, unknown>, onSuccess: () => void) => void;
  onClose: () => void;
}) {
  const reset = useChange<{ token: string }>([queryKeys.invitations]);
  const isDisabled = user.disabledAt !== null;
  return (
    <div className="grid gap-3 border-t pt-4">
      <div className="flex flex-wrap gap-2">
        <Button
          size="sm"
          variant="outline"
          disabled={reset.isPending || isDisabled}
          onClick={() => reset.mutate({ url: `/api/v1/users/${user.id}/reset-link`, method: "POST" })}
        >
          New password…
        </Button>
        {user.twoFactor && (
          <Button size="sm" variant="outline" onClick={() => save({ twoFactor: false }, onClose)}>
            Take the second factor away
          </Button>
        )}
        <Button size="sm" variant="outline" disabled={isDisabled} onClick={() => save({ sessions: "end" }, onClose)}>
          Sign out everywhere
        </Button>
        <Button
          size="sm"
          variant={isDisabled ? "outline" : "destructive"}
          onClick={() => save({ disabled: !isDisabled }, onClose)}
        >
          {isDisabled ? "Let in again" : "Disable"}
        </Button>
      </div>
      <FormAlert message={reset.error?.message ?? null} />
      {reset.data !== undefined && <JoinLink token={reset.data.token} />}
    </div>
  );
}
