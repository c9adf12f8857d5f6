"use client";

import type { ComponentProps } from "react";
import { Button } from "./button";
import { useInBrowser } from "./use-in-browser";

/**
 * Sends a form. Pressed before the page's code has come, it would have the browser send the form by itself: until then it
 * cannot be pressed, and looks as it always does.
 */
export function SubmitButton({ disabled = false, ...props }: Omit<ComponentProps<typeof Button>, "type" | "asChild">) {
  const isEarly = !useInBrowser();
  return <Button {...props} type="submit" disabled={disabled || isEarly} data-early={isEarly || undefined} />;
}
