"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";
import { cn } from "@/components/ui/cn";

/** So far below the screen it begins, so that it is mostly there when a reader arrives. */
const MARGIN = "400px";

/** What stands far below is made, and asks for what it shows, when a reader comes near it or prints the page. */
export function WhenNear({ className, children }: { className?: string; children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  const [isNear, setIsNear] = useState(false);
  useEffect(() => {
    if (isNear || place.current === null) return;
    const come = () => setIsNear(true);
    const observer = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && come(), {
      rootMargin: MARGIN,
    });
    observer.observe(place.current);
    addEventListener("beforeprint", come);
    return () => {
      observer.disconnect();
      removeEventListener("beforeprint", come);
    };
  }, [isNear]);
  if (isNear) return children;
  return <div ref={place} aria-hidden="true" className={cn("min-h-72 rounded-lg border bg-panel", className)} />;
}
