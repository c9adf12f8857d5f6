import Link from "next/link";
import { ReportPanel } from "@/components/layout/report-panel";
import { Tag } from "@/components/metrics/tag";
import { formatDateTime } from "@/lib/core/format";
import type { PullRequestDetail, RollbackItem } from "@/lib/metrics/explorer/types";
import { type CommitUrl, EvidenceList } from "./evidence-list";
import { actionSentence, changeName, outcomeSentence, REVERT_KIND_LABEL } from "./rollback-sentence";

/** What undid this pull request, what landed it again, and what it undid itself, with evidence; nothing where none did. */
export function ChainPanel({
  pullRequest,
  timeZone,
  commitUrl,
}: {
  pullRequest: PullRequestDetail;
  timeZone: string;
  commitUrl: CommitUrl;
}) {
  const { number, reverts, rollbacks } = pullRequest;
  const entries = [
    ...rollbacks.map((item) => ({ item, text: outcomeSentence(item, number), other: otherOf(item) })),
    ...reverts.map((item) => ({ item, text: actionSentence(item), other: item.pullRequest })),
  ].toSorted((a, b) => a.item.revert.at.localeCompare(b.item.revert.at));
  if (entries.length === 0) return null;
  return (
    <ReportPanel title="Taken back and landed again">
      <ol className="divide-y">
        {entries.map(({ item, text, other }) => (
          <li key={item.id} className="py-3 first:pt-1 last:pb-0">
            <p className="num flex flex-wrap items-center gap-x-2 gap-y-1">
              <Tag>{REVERT_KIND_LABEL[item.kind]}</Tag>
              <span className="font-medium">{text}</span>
              {item.counts && <span className="text-note text-ink-3">the one that the rates count</span>}
              {item.kind === "ambiguous" && (
                <span className="text-note text-ink-3">
                  left out of the rates; whoever knows can say so under “Is this wrong?”
                </span>
              )}
            </p>
            <p className="num mt-1 text-note text-ink-3">
              <time dateTime={item.revert.at}>{formatDateTime(item.revert.at, timeZone)}</time>
              {other !== null && (
                <>
                  {" · "}
                  <Change change={other} />
                </>
              )}
            </p>
            <EvidenceList items={item.evidence} commitUrl={commitUrl} />
          </li>
        ))}
      </ol>
    </ReportPanel>
  );
}

interface OtherChange {
  id: string | null;
  number: number | null;
  title: string;
}

/** The change that took it back; null where none did, but a deployment or a program. */
function otherOf({ kind, revert }: RollbackItem): (OtherChange & { sha: string }) | null {
  return kind === "deployment" || kind === "told" || kind === "ambiguous" ? null : revert;
}

/** The change at the other end, with the way to its own page. */
function Change({ change }: { change: OtherChange & { sha?: string } }) {
  const name =
    change.number === null && change.sha === undefined
      ? ""
      : `${changeName({ number: change.number, sha: change.sha ?? "" })} `;
  if (change.id === null) return `${name}${change.title}`;
  return (
    <Link
      prefetch={false}
      href={`/pull-requests/${change.id}`}
      className="text-ink-2 underline underline-offset-3 [overflow-wrap:anywhere] hover:text-ink"
    >
      {name}
      {change.title}
    </Link>
  );
}
