"use client";

import { PageError } from "@/components/layout/page-error";

export default function PullRequestsError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return <PageError digest={error.digest} onRetry={reset} />;
}
