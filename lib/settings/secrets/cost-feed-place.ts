import type { SealedPlace } from "@/lib/core/secrets/seal";

/** Where the key of a vendor's account is kept. @param id of the feed */
export const costFeedPlace = (id: string): SealedPlace => ({ table: "cost_feed", column: "secret", row: id });
