import { CheckIcon, CircleDashedIcon, XIcon } from "lucide-react";
import { ReportPanel } from "@/components/layout/report-panel";
import { CATEGORY_LABEL, CATEGORY_SEVERITY, type Category } from "@/lib/core/dimensions";
import { CHECK_LABEL } from "@/lib/core/policy";
import type { PullRequestPolicy } from "@/lib/metrics/explorer/types";

const SAID: Readonly<Record<PullRequestPolicy["state"], string>> = {
  compliant: "It passed every check of the policy.",
  violation: "It was merged although the policy asks for something else.",
  not_evaluable:
    "Whether it was merged as the policy asks cannot be told: a required check reported nothing, or nothing tells of an approval that it asks for.",
};
const ICON = { compliant: CheckIcon, violation: XIcon, not_evaluable: CircleDashedIcon } as const;

/** Whether it was merged as the policy for its kind of work asks, and what was missing. */
export function PolicyPanel({ category, policy }: { category: Category; policy: PullRequestPolicy }) {
  const Icon = ICON[policy.state];
  return (
    <ReportPanel title="Merged as the policy asks?">
      <p className="flex items-start gap-2 font-medium">
        <Icon className="mt-0.5 size-4 shrink-0 text-ink-3" aria-hidden="true" />
        {SAID[policy.state]}
      </p>
      {policy.failed.length > 0 && (
        <ul className="mt-2 grid list-disc gap-1 pl-10 text-ink-2">
          {policy.failed.map((check) => (
            <li key={check}>{CHECK_LABEL[check]}.</li>
          ))}
        </ul>
      )}
      <p className="mt-2 text-note text-ink-3">
        {CATEGORY_LABEL[category]} is {CATEGORY_SEVERITY[category]} in the policy that is shipped with Fleetgauge.
      </p>
    </ReportPanel>
  );
}
