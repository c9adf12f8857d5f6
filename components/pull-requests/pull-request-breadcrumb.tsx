import Link from "next/link";

/** From one pull request back to those of its repository, and to all of them. */
export function PullRequestBreadcrumb({ repo }: { repo: string }) {
  return (
    <nav aria-label="Breadcrumb" className="mb-2 text-note text-ink-3">
      <Link href="/pull-requests" className="py-1 underline-offset-3 hover:text-ink hover:underline">
        Pull requests
      </Link>
      {" / "}
      <Link
        href={`/pull-requests?${new URLSearchParams({ repo })}`}
        className="py-1 underline-offset-3 hover:text-ink hover:underline"
      >
        {repo}
      </Link>
    </nav>
  );
}
