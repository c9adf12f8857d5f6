import { type ClassValue, clsx } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

// The theme's own text sizes; without them `text-note` would count as a colour and drop `text-ink-3`.
const merge = extendTailwindMerge({
  extend: { classGroups: { "font-size": [{ text: ["note", "figure", "headline"] }] } },
});

/** Joins class names; of two that set the same property the later one wins. */
export function cn(...inputs: ClassValue[]): string {
  return merge(clsx(inputs));
}
