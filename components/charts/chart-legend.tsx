/** Colours and what they mean, with the amount of each where it helps. */
export function ChartLegend({
  items,
  hatched,
}: {
  items: { key: string; label: string; color: string; value?: string }[];
  /** What hatching means, where something is hatched. */
  hatched?: string | undefined;
}) {
  return (
    <ul className="num mt-2 flex flex-wrap gap-x-4 gap-y-1 text-note text-ink-2">
      {items.map((item) => (
        <li key={item.key} className="flex items-center gap-1.5">
          <span aria-hidden="true" className="size-2.5 rounded-[2px]" style={{ background: item.color }} />
          {item.label}
          {item.value !== undefined && <span className="text-ink-3">{item.value}</span>}
        </li>
      ))}
      {hatched !== undefined && (
        <li className="flex items-center gap-1.5">
          <span aria-hidden="true" className="h-2.5 w-3.5 border border-line-strong bg-hatch" />
          {hatched}
        </li>
      )}
    </ul>
  );
}
