import { cn } from "@/components/ui/cn";

/** Which organisation something is of; nothing where there is one alone. */
export function OrganisationSelect({
  orgs,
  value,
  onChange,
  className,
}: {
  orgs: readonly { slug: string; name: string }[];
  value: string;
  onChange: (slug: string) => void;
  className?: string;
}) {
  if (orgs.length < 2) return null;
  return (
    <label className={cn("grid gap-1 text-sm font-medium", className)}>
      Organisation
      <select
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="h-9 rounded-md border border-line-control bg-panel px-2 text-sm font-normal"
      >
        {orgs.map(({ name, slug }) => (
          <option key={slug} value={slug}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
