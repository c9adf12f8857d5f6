import type { Metadata } from "next";
import { StateMessage } from "@/components/layout/state-message";
import { Button } from "@/components/ui/button";

export const metadata: Metadata = { title: "Not allowed" };

export default function Forbidden() {
  return (
    <>
      <h1 className="sr-only">Not allowed</h1>
      <StateMessage
        title="Your role does not have this page"
        action={
          <Button asChild size="sm">
            <a href="/overview">Go to the Overview</a>
          </Button>
        }
      >
        <p>If you need it, ask an owner or admin for another role.</p>
      </StateMessage>
    </>
  );
}
