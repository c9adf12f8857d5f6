import type { ReactNode } from "react";
import { Brand } from "@/components/layout/brand";

/** The page of whoever is not signed in: the mark, what to do, and one form. */
export function AuthFrame({ title, lede, children }: { title: string; lede?: ReactNode; children: ReactNode }) {
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-[25rem] content-center gap-6 px-4 py-10">
      <Brand />
      <div>
        <h1 className="text-[1.3125rem] leading-[1.28] font-[550] tracking-[-0.02em]">{title}</h1>
        {lede !== undefined && <p className="mt-1.5 text-ink-2">{lede}</p>}
      </div>
      <div className="rounded-lg border bg-panel px-4 py-4 shadow-(--shadow-panel) md:px-[18px]">{children}</div>
    </main>
  );
}
