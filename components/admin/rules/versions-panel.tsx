"use client";

import { ReportPanel } from "@/components/layout/report-panel";
import { Button } from "@/components/ui/button";
import { formatDateTime } from "@/lib/core/format";
import { NO_OWN_RULES } from "@/lib/core/own-rules";
import type { Rules } from "@/lib/settings/types";
import { compareRules } from "./rule-words";

/** Every version of the rules: who made it, why, and what it says that the one before did not. */
export function VersionsPanel({ rules, onTakeUp }: { rules: Rules; onTakeUp: (version: number) => void }) {
  const { agents, version, versions } = rules;
  const names = new Map(agents.map(({ key, name }) => [key, name]));
  return (
    <ReportPanel title="Versions">
      {versions.length === 0 ? (
        <p className="text-ink-2">None yet: the shipped rules hold alone.</p>
      ) : (
        <ol className="grid gap-4">
          {versions.map((one, index) => {
            const { added, removed } = compareRules(versions[index + 1]?.rules ?? NO_OWN_RULES, one.rules, names);
            return (
              <li key={one.version} className="grid gap-1 border-t pt-3 first:border-t-0 first:pt-0">
                <div className="flex flex-wrap items-baseline justify-between gap-x-4">
                  <p>
                    <strong className="font-[550]">Version {one.version}</strong> · {one.why}
                  </p>
                  {one.version !== version && (
                    <Button type="button" variant="outline" size="sm" onClick={() => onTakeUp(one.version)}>
                      Edit from version {one.version}
                    </Button>
                  )}
                </div>
                <p className="num text-note text-ink-3">
                  {one.by}, {formatDateTime(one.at, "UTC")} UTC
                </p>
                <ul className="text-note text-ink-2 [overflow-wrap:anywhere]">
                  {added.map((line) => (
                    <li key={line}>+ {line}</li>
                  ))}
                  {removed.map((line) => (
                    <li key={line}>− {line}</li>
                  ))}
                </ul>
              </li>
            );
          })}
        </ol>
      )}
    </ReportPanel>
  );
}
