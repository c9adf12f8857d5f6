import type { ReactNode } from "react";
import type { Confidence } from "@/lib/core/dimensions";

/** Verdicts of one pull request, one below the other. */
export function Verdicts({ children }: { children: ReactNode }) {
  return <dl className="divide-y">{children}</dl>;
}

/** One question about the pull request, the answer, how sure it is, and what it rests on. */
export function Verdict({
  name,
  answer,
  confidence,
  children,
}: {
  name: string;
  answer: ReactNode;
  confidence?: Confidence;
  children?: ReactNode;
}) {
  return (
    <div className="grid gap-x-4 gap-y-0.5 py-3 first:pt-1 last:pb-0 sm:grid-cols-[8.5rem_minmax(0,1fr)]">
      <dt className="text-note text-ink-3">{name}</dt>
      <dd className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium">
          {answer}
          {confidence !== undefined && (
            <span className="text-note font-normal text-ink-3">{CONFIDENCE_LABEL[confidence]}</span>
          )}
        </p>
        {children}
      </dd>
    </div>
  );
}

const CONFIDENCE_LABEL: Record<Confidence, string> = {
  certain: "certain",
  strong: "strong evidence",
  weak: "weak evidence",
  none: "no evidence either way",
};
