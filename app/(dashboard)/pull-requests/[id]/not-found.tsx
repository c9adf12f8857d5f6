import Link from "next/link";
import { StateMessage } from "@/components/layout/state-message";
import { Button } from "@/components/ui/button";

export default function PullRequestNotFound() {
  return (
    <>
      <h1 className="sr-only">Pull request not found</h1>
      <StateMessage
        title="There is no such pull request here"
        action={
          <Button asChild size="sm">
            <Link href="/pull-requests">Look for it in the list</Link>
          </Button>
        }
      >
        <p>It is not imported, still open, or its repository was removed.</p>
      </StateMessage>
    </>
  );
}
