import { PageSkeleton } from "@/components/layout/page-skeleton";

export default function DataHealthLoading() {
  return <PageSkeleton cards={0} panels={2} />;
}
