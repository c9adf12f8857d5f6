"use client";

import { PageError } from "@/components/layout/page-error";

export default function RootError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main className="mx-auto max-w-3xl px-4">
      <PageError digest={error.digest} onRetry={reset} />
    </main>
  );
}
