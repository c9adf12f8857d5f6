"use client";

import { CopyCommand } from "@/components/layout/copy-command";

/** A link to hand on; it is shown this once. Its secret stands behind the #, so that it is in no log on its way. */
export function JoinLink({ token }: { token: string }) {
  return (
    <div role="status" className="grid max-w-xl gap-2">
      <p className="text-ink-2">Hand this link on. It works once, for a week, and is not shown again.</p>
      <CopyCommand lines={[`${window.location.origin}/join#${token}`]} label="the link" />
    </div>
  );
}
