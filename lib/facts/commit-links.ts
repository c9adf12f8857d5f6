import type { PayloadOf } from "@/lib/events/schema";

export type LandedCommit = PayloadOf<"commit.landed">;

/** A landed commit as far as walking the line takes. */
export interface CommitLink {
  /** Of the event. */
  id: string;
  sha: string;
  /** First parent. */
  parent: string | null;
  /** 2: with line counts; 1: with paths; 0: without contents. */
  richness: number;
}

/** How much an event tells of its commit. */
export function richnessOf({ lineCounts, files }: LandedCommit): number {
  return lineCounts === "known" ? 2 : files !== null ? 1 : 0;
}

/** By commit id; of a commit that is known twice, once without contents, the richer event speaks. */
export function linksBySha<Link extends CommitLink>(links: Iterable<Link>): Map<string, Link> {
  const bySha = new Map<string, Link>();
  for (const link of links) {
    const known = bySha.get(link.sha);
    if (
      known === undefined ||
      link.richness > known.richness ||
      (link.richness === known.richness && link.id < known.id)
    ) {
      bySha.set(link.sha, link);
    }
  }
  return bySha;
}
