import { Button } from "@/components/ui/button";

/** Asks for the next page of a list. */
export function ShowMore({ loading = false, onClick }: { loading?: boolean; onClick: () => void }) {
  return (
    <Button variant="ghost" size="sm" className="mt-2 self-start text-ink-2" disabled={loading} onClick={onClick}>
      {loading ? "Loading…" : "Show more"}
    </Button>
  );
}
