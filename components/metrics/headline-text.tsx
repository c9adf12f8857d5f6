import type { Segment } from "./headline";

/** A sentence whose figures are underlined. */
export function HeadlineText({ segments }: { segments: readonly Segment[] }) {
  return segments.map((segment) =>
    typeof segment === "string" ? (
      segment
    ) : (
      <em key={segment.figure} className="border-b-2 border-brand not-italic">
        {segment.figure}
      </em>
    ),
  );
}
