import { Skeleton } from "@/components/ui/skeleton";

/** The shape of a report while it loads: filters, sentence, cards, panels. */
export function PageSkeleton({ cards = 6, panels = 2 }: { cards?: number; panels?: number }) {
  return (
    <div role="status" aria-label="Loading">
      <div className="mb-5 flex gap-2">
        <Skeleton className="h-8 w-64" />
        <Skeleton className="h-8 w-24" />
        <Skeleton className="h-8 w-32" />
      </div>
      <Skeleton className="mb-2 h-7 w-full max-w-[40rem]" />
      <Skeleton className="mb-6 h-5 w-full max-w-[52rem]" />
      {cards > 0 && <Skeleton className="mb-4 h-36 w-full" />}
      <div className="grid gap-4 lg:grid-cols-2">
        {Array.from({ length: panels }, (_, index) => `panel-${index}`).map((key) => (
          <Skeleton key={key} className="h-80" />
        ))}
      </div>
    </div>
  );
}
