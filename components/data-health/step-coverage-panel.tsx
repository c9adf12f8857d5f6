import Link from "next/link";
import { ReportPanel } from "@/components/layout/report-panel";
import type { RepositoryHealth } from "@/lib/metrics/explorer/types";
import { prepareStepCoverage, sourceSentence } from "./prepare-step-coverage";

/** What is known of pull requests beside the merge: what a clone lacks and GitHub gives. */
export function StepCoveragePanel({ repositories }: { repositories: readonly RepositoryHealth[] }) {
  const clones = repositories.some(
    ({ github, history, isSample }) => github === null && !isSample && history !== "told",
  );
  return (
    <ReportPanel
      title="The way to the merge, and after it"
      note={`Of the latest merged pull requests, at most 25 of each repository. ${sourceSentence(repositories)}`}
    >
      <ul className="grid gap-x-6 gap-y-2.5 sm:grid-cols-2 lg:grid-cols-3">
        {prepareStepCoverage(repositories).map(({ id, label, share, text }) => (
          <li key={id} className="grid content-start gap-1">
            <span className="font-medium">{label}</span>
            <div aria-hidden="true" className="h-1.5 overflow-hidden rounded-full bg-sunken">
              <div className="h-full bg-brand" style={{ width: `${(share ?? 0) * 100}%` }} />
            </div>
            <span className="num text-note text-ink-3">{share === null ? "No pull request yet" : text}</span>
          </li>
        ))}
      </ul>
      {clones && (
        <p className="mt-3">
          <Link href="/connections" prefetch={false} className="underline underline-offset-3">
            Connect GitHub
          </Link>{" "}
          for what a clone does not hold.
        </p>
      )}
    </ReportPanel>
  );
}
