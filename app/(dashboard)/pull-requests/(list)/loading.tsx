import { PageSkeleton } from "@/components/layout/page-skeleton";

export default function PullRequestsLoading() {
  return <PageSkeleton cards={0} panels={1} />;
}
