import type { Metadata } from "next";
import { StateMessage } from "@/components/layout/state-message";
import { Button } from "@/components/ui/button";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <main className="mx-auto max-w-3xl px-4">
      <h1 className="sr-only">Not found</h1>
      <StateMessage
        title="There is no page at this address"
        action={
          <Button asChild size="sm">
            <a href="/overview">Go to the Overview</a>
          </Button>
        }
      >
        <p>The link may be old, or what it named is not imported here.</p>
      </StateMessage>
    </main>
  );
}
