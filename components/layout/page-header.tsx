import type { ReactNode } from "react";

/** A page opens with its answer in a sentence, and the caveat that matters in the next one. */
export function PageHeader({ headline, lede }: { headline: ReactNode; lede?: ReactNode }) {
  return (
    <header className="mb-5">
      <h1 className="num mb-1.5 max-w-[36em] text-[1.3125rem] leading-[1.28] font-[550] tracking-[-0.02em] text-balance md:text-headline">
        {headline}
      </h1>
      {lede !== undefined && <p className="num max-w-[62em] text-ink-2">{lede}</p>}
    </header>
  );
}
