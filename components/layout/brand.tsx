/** The mark: a gauge and its needle. */
export function Brand() {
  return (
    <span className="flex items-center gap-2 text-[0.9375rem] font-semibold tracking-[-0.01em]">
      <svg viewBox="0 0 20 20" fill="none" className="size-5" aria-hidden="true">
        <path d="M2 14a8 8 0 0 1 16 0" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
        <path d="M10 14 14.5 7.5" className="stroke-brand" strokeWidth="2" strokeLinecap="round" />
      </svg>
      Fleetgauge
    </span>
  );
}
