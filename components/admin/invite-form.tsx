"use client";

import { useRef, useState } from "react";
import { FormAlert } from "@/components/account/form-alert";
import { SentForm } from "@/components/account/sent-form";
import { useFormRequest } from "@/components/account/use-form-request";
import { queryKeys } from "@/components/query/query-keys";
import { useRefresh } from "@/components/query/use-account";
import { LabelledInput } from "@/components/ui/labelled-input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { Role, TeamChoice } from "@/lib/auth/types";
import { JoinLink } from "./join-link";
import { RoleAndTeams } from "./role-and-teams";

interface Made {
  id: string;
  token: string;
}

/** Makes a link for somebody with a role. */
export function InviteForm({ teams }: { teams: readonly TeamChoice[] }) {
  const form = useRef<HTMLFormElement>(null);
  const [role, setRole] = useState<Role>("viewer");
  const [teamIds, setTeamIds] = useState<number[]>([]);
  const [made, setMade] = useState<Made | null>(null);
  const refresh = useRefresh([queryKeys.invitations]);
  const { at, isPending, send, whole } = useFormRequest<Made>("/api/v1/invitations", ["email"], (answer) => {
    setMade(answer);
    setTeamIds([]);
    form.current?.reset();
    refresh();
  });
  return (
    <>
      <SentForm
        ref={form}
        label="Invite somebody"
        className="mt-2 grid max-w-xl gap-4"
        onSend={(texts) => {
          const { email } = texts;
          setMade(null);
          send({ email, role, teamIds });
        }}
      >
        <LabelledInput name="email" label="E-mail address" type="email" required problem={at("email")} />
        <RoleAndTeams role={role} teamIds={teamIds} teams={teams} onRole={setRole} onTeams={setTeamIds} />
        <FormAlert message={whole} />
        <SubmitButton disabled={isPending} className="w-fit">
          {isPending ? "Making the link…" : "Make a link"}
        </SubmitButton>
      </SentForm>
      {made !== null && (
        <div className="mt-4 border-t pt-3">
          <JoinLink token={made.token} />
        </div>
      )}
    </>
  );
}
