"use client";

import { useSearchParams } from "next/navigation";
import { useState } from "react";
import { PageHeader } from "@/components/layout/page-header";
import { PageSkeleton } from "@/components/layout/page-skeleton";
import { ReportPanel } from "@/components/layout/report-panel";
import { StateMessage } from "@/components/layout/state-message";
import { useWorkspace } from "@/components/layout/workspace-context";
import { useRules } from "@/components/query/use-rules";
import { QueryError } from "@/components/reports/query-error";
import { formatQuantity } from "@/lib/core/format";
import { OrgChoice } from "../csv-fields";
import { RulesForm } from "./rules-form";
import { VersionsPanel } from "./versions-panel";

/** What an organisation says in the place of the shipped rules by which work is attributed. */
export function RulesPage() {
  const { dimensions } = useWorkspace();
  const orgs = dimensions.orgs.map(({ slug }) => slug);
  const [org, setOrg] = useState(orgs[0] ?? "");
  const [taken, setTaken] = useState<{ version: number; times: number }>({ version: 0, times: 0 });
  const account = useSearchParams().get("account");
  const { data, error, refetch } = useRules(org);
  if (org === "") {
    return (
      <>
        <PageHeader headline="Rules" lede={LEDE} />
        <StateMessage title="Rules come with what is connected">
          <p>
            Connect a GitHub organisation or import a repository: then you can say what the shipped rules cannot know.
          </p>
        </StateMessage>
      </>
    );
  }
  if (error !== null && data === undefined) return <QueryError error={error} onRetry={() => refetch()} />;
  if (data === undefined) return <PageSkeleton cards={0} panels={2} />;
  const { pending, rules, version, versions } = data;
  const start = taken.times === 0 ? rules : (versions.find((one) => one.version === taken.version)?.rules ?? rules);
  return (
    <>
      <PageHeader
        headline={version === 0 ? "The shipped rules hold" : `Version ${version} of your own rules holds`}
        lede={LEDE}
      />
      <div className="grid max-w-4xl gap-4">
        <OrgChoice
          orgs={orgs}
          value={org}
          onChange={(slug) => {
            setOrg(slug);
            setTaken({ version: 0, times: 0 });
          }}
        />
        {pending > 0 && (
          <p role="status" className="rounded-md border px-3 py-2 text-sm">
            They are being applied: {formatQuantity(pending, "repository", "repositories")} to go. Figures are those
            before until a repository is whole.
          </p>
        )}
        <ReportPanel
          title="What you say yourself"
          note="It stands before the shipped rules. See what it would change before you apply it; nothing is changed until then, and every version stays."
        >
          <RulesForm
            key={`${org} ${version} ${taken.times}`}
            org={org}
            version={version}
            current={rules}
            start={start}
            account={account}
            agents={data.agents}
          />
        </ReportPanel>
        <VersionsPanel
          rules={data}
          onTakeUp={(chosen) => setTaken(({ times }) => ({ version: chosen, times: times + 1 }))}
        />
      </div>
    </>
  );
}

const LEDE =
  "Who is an agent, what kind of work a change is, and what counts at all is told by rules. Every verdict on a pull request says which rule made it.";
