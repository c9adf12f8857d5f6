"use client";

import { PageError } from "@/components/layout/page-error";

/** For every report: navigation and address stay, and another page clears it. */
export default function ReportError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return <PageError digest={error.digest} onRetry={reset} />;
}
