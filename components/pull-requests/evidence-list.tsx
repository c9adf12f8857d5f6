import { toWebUrl } from "@/lib/core/web-url";
import type { EvidenceItem } from "@/lib/metrics/explorer/types";

const COMMIT_ID = /^[0-9a-f]{40}([0-9a-f]{24})?$/;

/** Why the product says so: a sentence, the words that matched, and where they stand. */
export function EvidenceList({ items, commitUrl }: { items: readonly EvidenceItem[]; commitUrl: CommitUrl }) {
  if (items.length === 0) return null;
  return (
    <ul className="mt-1.5 grid gap-1.5">
      {items.map((item) => (
        <li key={`${item.rule} ${item.at ?? ""} ${item.text} ${item.quote ?? ""}`} className="text-ink-2">
          {item.text}
          {item.at !== undefined && (
            <>
              {" "}
              <Place at={item.at} commitUrl={commitUrl} />
            </>
          )}
          {item.quote !== undefined && (
            <code className="mt-1 block w-fit max-w-full rounded-sm bg-sunken px-2 py-1 font-mono text-xs [overflow-wrap:anywhere] whitespace-pre-wrap text-ink">
              {item.quote}
            </code>
          )}
        </li>
      ))}
    </ul>
  );
}

/** The address of a commit, or null where the repository has none on the web. */
export type CommitUrl = (sha: string) => string | null;

/** Commits stand beside pull requests on every GitHub; other hosts are not guessed at. */
export function commitUrlBeside(pullRequestUrl: string | null): CommitUrl {
  const base = /^(https?:\/\/[^?#]+)\/pull\/\d+\/?$/.exec(toWebUrl(pullRequestUrl) ?? "")?.[1];
  return (sha) => (base === undefined ? null : `${base}/commit/${sha}`);
}

/** Fields of a pull request, as people call them; anything else that is no commit is a path. */
const FIELD: Readonly<Record<string, string>> = {
  author: "author",
  body: "in the description",
  branch: "branch name",
  headRef: "branch name",
  labels: "labels",
  message: "in the commit message",
  title: "in the title",
};

function Place({ at, commitUrl }: { at: string; commitUrl: CommitUrl }) {
  if (!COMMIT_ID.test(at)) {
    return <span className="text-note text-ink-3 [overflow-wrap:anywhere]">({FIELD[at] ?? at})</span>;
  }
  const url = commitUrl(at);
  const short = at.slice(0, 9);
  return (
    <span className="text-note whitespace-nowrap text-ink-3">
      (commit{" "}
      {url === null ? (
        short
      ) : (
        <a href={url} rel="noreferrer" className="underline underline-offset-3 hover:text-ink">
          {short}
        </a>
      )}
      )
    </span>
  );
}
