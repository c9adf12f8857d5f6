"use client";

import { CopyCommand } from "@/components/layout/copy-command";
import { ReportPanel } from "@/components/layout/report-panel";
import { formatCount, formatList } from "@/lib/core/format";
import type { RepositoryHealth } from "@/lib/metrics/explorer/types";
import { mirrorCommands } from "./import-command";
import type { Gap } from "./prepare-gaps";

const NAMED = 3;

/** What is missing, what that does to the numbers, and the command that closes it. */
export function GapsPanel({ gaps }: { gaps: readonly Gap[] }) {
  return (
    <ReportPanel title="What is missing, and what to do">
      {gaps.length === 0 ? (
        <p className="text-ink-2">
          Nothing that another import could add: whole histories, line counts and the pull requests' own commits are
          there.
        </p>
      ) : (
        <ul className="divide-y">
          {gaps.map((gap) => (
            <li key={gap.id} className="py-3 first:pt-1 last:pb-0">
              <p className="num font-medium">
                {gap.title} <span className="font-normal text-ink-3">{namesOf(gap.repositories)}</span>
              </p>
              <p className="mt-0.5 max-w-[62em] text-ink-2">{gap.advice}</p>
              {gap.mirror && <MirrorCommands repositories={gap.repositories} />}
            </li>
          ))}
        </ul>
      )}
    </ReportPanel>
  );
}

function MirrorCommands({ repositories }: { repositories: readonly RepositoryHealth[] }) {
  return (
    <details className="mt-1.5">
      <summary className="w-fit rounded-sm py-0.5 text-note text-ink-2 underline-offset-3 hover:underline">
        Import again from a mirror
      </summary>
      <div className="mt-1.5 grid max-w-[62em] gap-2">
        {repositories.map((repository) => (
          <CopyCommand
            key={repository.repo}
            lines={mirrorCommands(repository)}
            label={`import of ${repository.repo}`}
          />
        ))}
      </div>
    </details>
  );
}

function namesOf(repositories: readonly RepositoryHealth[]): string {
  const names = repositories.slice(0, NAMED).map(({ repo }) => repo);
  const rest = repositories.length - names.length;
  return formatList(rest > 0 ? [...names, `${formatCount(rest)} more`] : names);
}
