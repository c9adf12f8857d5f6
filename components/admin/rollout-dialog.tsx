"use client";

import { FormAlert } from "@/components/account/form-alert";
import { SentForm } from "@/components/account/sent-form";
import { queryKeys } from "@/components/query/query-keys";
import { useChange } from "@/components/query/use-account";
import { Dialog, DialogContent, DialogDescription, DialogHeader, DialogTitle } from "@/components/ui/dialog";
import { LabelledInput } from "@/components/ui/labelled-input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { TeamItem } from "@/lib/auth/types";
import { ROLLOUT_PHASE_LABEL, ROLLOUT_PHASES, type RolloutPhase } from "@/lib/core/rollout-words";

const MEANING: Readonly<Record<RolloutPhase, string>> = {
  planning: "It is decided, and nobody works with agents yet.",
  pilot: "A few people try them. The team counts as adopting from this day on.",
  rollout: "Everybody is given them.",
  full: "They are part of how the team works.",
};

/** From which day on a team is in which phase. */
export function RolloutDialog({ team, onClose }: { team: TeamItem | null; onClose: () => void }) {
  const change = useChange([queryKeys.teams, ["rollout"], ["rollout-effect"]]);
  return (
    <Dialog open={team !== null} onOpenChange={(open) => !open && onClose()}>
      <DialogContent className="max-h-[calc(100dvh-2rem)] overflow-y-auto">
        {team !== null && (
          <>
            <DialogHeader>
              <DialogTitle>Rollout of {team.name}</DialogTitle>
              <DialogDescription>
                Each phase from its first day on. Empty: not begun, or not known. The page Adoption compares teams that
                began with teams that had not.
              </DialogDescription>
            </DialogHeader>
            <SentForm
              label="Phases"
              className="grid gap-4"
              onSend={(texts) => {
                const phases = ROLLOUT_PHASES.flatMap((phase) =>
                  texts[phase] ? [{ phase, startsOn: texts[phase] }] : [],
                );
                const body = { org: team.org, team: team.slug, phases };
                change.mutate({ url: "/api/v1/rollout-phases", method: "PUT", body }, { onSuccess: onClose });
              }}
            >
              {ROLLOUT_PHASES.map((phase) => (
                <LabelledInput
                  key={phase}
                  type="date"
                  name={phase}
                  label={ROLLOUT_PHASE_LABEL[phase]}
                  hint={MEANING[phase]}
                  defaultValue={team.phases.find((one) => one.phase === phase)?.startsOn ?? ""}
                  problem={null}
                />
              ))}
              <FormAlert message={change.error?.message ?? null} />
              <SubmitButton disabled={change.isPending} className="w-fit">
                Save
              </SubmitButton>
            </SentForm>
          </>
        )}
      </DialogContent>
    </Dialog>
  );
}
