import type { AuthorKind } from "@/lib/core/dimensions";

/** The same colour for the same thing, everywhere. */
export const AUTHOR_KIND_COLOR: Record<AuthorKind, string> = {
  agent: "var(--agent)",
  assisted: "var(--assisted)",
  human: "var(--human)",
  automation: "var(--automation)",
};
