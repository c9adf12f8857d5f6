import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { ClosedPullRequestPage } from "@/components/pull-requests/closed-pull-request-page";
import { PullRequestPage } from "@/components/pull-requests/pull-request-page";
import { AppError } from "@/lib/core/errors";
import { loadTimeline } from "@/lib/events/loaders";
import { loadAgentSessions, loadPullRequest } from "@/lib/metrics/loaders";

type Props = { params: Promise<{ id: string }> };

const load = cache(async (id: string) => {
  try {
    return await loadPullRequest(id);
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { number, title } = await load((await params).id);
  return { title: `${title} #${number}` };
}

export default async function Page({ params }: Props) {
  const pullRequest = await load((await params).id);
  const [{ items, way }, sessions] = await Promise.all([loadTimeline(pullRequest), loadAgentSessions(pullRequest.id)]);
  return pullRequest.outcome === "closed" ? (
    <ClosedPullRequestPage pullRequest={pullRequest} timeline={items} way={way} />
  ) : (
    <PullRequestPage pullRequest={pullRequest} timeline={items} way={way} sessions={sessions} />
  );
}
