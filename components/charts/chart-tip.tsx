/** The reading beside a hovered or focused mark. It never takes the pointer, so it cannot hide what it explains. */
export function ChartTip({
  title,
  note,
  lines,
}: {
  title: string;
  note?: string | undefined;
  lines: { key: string; label: string; color?: string; value: string }[];
}) {
  return (
    <div className="num pointer-events-none min-w-36 rounded-md border border-line-strong bg-panel px-2.5 py-2 text-note shadow-md">
      <p className="mb-1 font-medium">{title}</p>
      <dl className="grid gap-0.5">
        {lines.map((line) => (
          <div key={line.key} className="flex items-baseline justify-between gap-4">
            <dt className="flex items-center gap-1.5 text-ink-2">
              {line.color !== undefined && (
                <span aria-hidden="true" className="size-2 rounded-[2px]" style={{ background: line.color }} />
              )}
              {line.label}
            </dt>
            <dd>{line.value}</dd>
          </div>
        ))}
      </dl>
      {note !== undefined && <p className="mt-1 max-w-52 text-ink-3">{note}</p>}
    </div>
  );
}
