"use client";

import { CheckIcon, CopyIcon } from "lucide-react";
import { useState } from "react";

/** Lines for a terminal, with the way to copy them. */
export function CopyCommand({ lines, label }: { lines: readonly string[]; label: string }) {
  const [outcome, setOutcome] = useState<"idle" | "copied" | "failed">("idle");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(lines.join("\n"));
      setOutcome("copied");
    } catch {
      setOutcome("failed");
    }
  };
  return (
    <div className="flex items-start gap-2 rounded-md bg-sunken py-2 pr-2 pl-3">
      <code className="min-w-0 flex-1 py-0.5 font-mono text-xs leading-relaxed [overflow-wrap:anywhere] whitespace-pre-wrap">
        {lines.join("\n")}
      </code>
      <button
        type="button"
        className="inline-flex h-7 shrink-0 items-center gap-1.5 rounded-md px-2 text-note text-ink-2 hover:bg-panel hover:text-ink"
        onClick={copy}
        onBlur={() => setOutcome("idle")}
        aria-label={`Copy: ${label}`}
      >
        {outcome === "copied" ? <CheckIcon className="size-3.5" /> : <CopyIcon className="size-3.5" />}
        <span aria-live="polite">
          {outcome === "copied" ? "Copied" : outcome === "failed" ? "Select and copy" : "Copy"}
        </span>
      </button>
    </div>
  );
}
