import { PageSkeleton } from "@/components/layout/page-skeleton";

export default function OverviewLoading() {
  return <PageSkeleton panels={4} />;
}
