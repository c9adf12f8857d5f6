import { PageSkeleton } from "@/components/layout/page-skeleton";

export default function RollbacksLoading() {
  return <PageSkeleton cards={0} panels={4} />;
}
