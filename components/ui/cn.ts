import { type ClassValue, clsx } from "clsx";

/**
 * Joins class names. Nothing is merged: of two utilities for one property the style sheet's order decides, so a
 * component never gets both; a browser test looks for elements that do.
 */
export function cn(...inputs: ClassValue[]): string {
  return clsx(inputs);
}
