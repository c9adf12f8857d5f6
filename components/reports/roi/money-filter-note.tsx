import type { PageScope } from "@/components/filters/page-scope";

/** Says that a filter of the URL does not narrow what is about money. */
export function MoneyFilterNote({ scope: { filters } }: { scope: PageScope }) {
  if (Object.keys(filters).every((name) => name === "org" || name === "team")) return null;
  return (
    <p className="mb-3 text-note text-ink-3">
      What is paid is of teams: only the filters by organisation and team narrow this page.
    </p>
  );
}
