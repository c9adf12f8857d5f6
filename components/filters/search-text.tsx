import { SearchIcon } from "lucide-react";

/** A field whose text is looked for when Enter is pressed; what was emptied is looked for no more. */
export function SearchText({
  value,
  label,
  placeholder = "Text, then Enter",
  className,
  onSearch,
}: {
  value: string | null;
  label: string;
  placeholder?: string;
  className?: string;
  onSearch: (text: string | null) => void;
}) {
  return (
    <search className={className}>
      <form
        className="relative"
        onSubmit={(event) => {
          event.preventDefault();
          const text = new FormData(event.currentTarget).get("q");
          onSearch(typeof text === "string" && text.trim() !== "" ? text.trim() : null);
        }}
      >
        <SearchIcon aria-hidden="true" className="absolute top-2 left-2.5 size-4 text-ink-3" />
        {/* Keyed by what the address says, so that Back puts the words back too. */}
        <input
          key={value}
          type="search"
          name="q"
          defaultValue={value ?? ""}
          enterKeyHint="search"
          maxLength={200}
          aria-label={label}
          placeholder={placeholder}
          className="h-8 w-full min-w-0 rounded-md border border-input bg-panel pr-3 pl-8 text-sm placeholder:text-ink-3"
        />
      </form>
    </search>
  );
}
