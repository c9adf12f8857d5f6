"use client";

import { CheckIcon, LinkIcon } from "lucide-react";
import { useState } from "react";
import { FilterChip } from "./filter-chip";

/** The URL is the view, so saving a view is keeping its link. */
export function CopyLink() {
  const [outcome, setOutcome] = useState<"idle" | "copied" | "failed">("idle");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(window.location.href);
      setOutcome("copied");
    } catch {
      setOutcome("failed");
    }
  };
  return (
    <FilterChip onClick={copy} onBlur={() => setOutcome("idle")}>
      {outcome === "copied" ? <CheckIcon className="size-3.5" /> : <LinkIcon className="size-3.5" />}
      <span aria-live="polite">
        {outcome === "copied" ? "Link copied" : outcome === "failed" ? "Copy the address bar" : "Copy link"}
      </span>
    </FilterChip>
  );
}
