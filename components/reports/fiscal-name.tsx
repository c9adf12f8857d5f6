import { fiscalName } from "@/lib/core/fiscal-calendar";

/** What books call a month; nothing where the fiscal year is that of the calendar. @param fiscalStart 1..12, its first month */
export function FiscalName({ month, fiscalStart }: { month: string; fiscalStart: number }) {
  if (fiscalStart === 1) return null;
  return <span className="block text-note font-normal text-ink-3">{fiscalName(month, fiscalStart)}</span>;
}
