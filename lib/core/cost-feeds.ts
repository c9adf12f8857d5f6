export const COST_VENDORS = ["anthropic", "openai", "github", "cursor"] as const;
export type CostVendorKey = (typeof COST_VENDORS)[number];

interface VendorWords {
  name: string;
  /** What its key is called there, and what it has to be allowed. */
  key: string;
  /** What has to be known of an account besides its key; null: nothing. */
  account: string | null;
  /** Whether what is paid there is for an agent of its own. */
  isOwnAgent: boolean;
  /** What is read. */
  reads: string;
}

export const VENDOR_WORDS: Readonly<Record<CostVendorKey, VendorWords>> = {
  anthropic: {
    name: "Anthropic",
    isOwnAgent: false,
    key: "Admin key (sk-ant-admin…)",
    account: null,
    reads: "The cost report: what was billed for the API each day, without the Priority Tier.",
  },
  openai: {
    name: "OpenAI",
    isOwnAgent: false,
    key: "Admin key (sk-admin-…)",
    account: null,
    reads: "The costs of the organisation: what was billed for the API each day.",
  },
  github: {
    name: "GitHub",
    isOwnAgent: true,
    key: "Fine-grained token with “Administration: read” of the organisation",
    account: "Organisation on GitHub",
    reads: "The billing usage: Copilot’s seats and AI credits, and Actions.",
  },
  cursor: {
    name: "Cursor",
    isOwnAgent: true,
    key: "Admin API key of the team",
    account: null,
    reads: "What each call was charged. Seats are not in it: enter them as paid regularly.",
  },
};

/**
 * `waiting`: not asked yet. `well`. `attention`: what came back is not what the vendor documents, or is empty where it was not, so that nothing
 * of it is booked; or the key is refused. `failing`: it could not be asked, and is asked again.
 */
export const FEED_STATES = ["waiting", "well", "attention", "failing"] as const;
export type FeedState = (typeof FEED_STATES)[number];

/** An account of a vendor whose costs are asked for every day. */
export interface CostFeed {
  id: string;
  org: string;
  vendor: CostVendorKey;
  account: string | null;
  /** Key of the agent that everything paid there is for. */
  agent: string | null;
  state: FeedState;
  /** Why it is not well. */
  reason: string | null;
  askedAt: string | null;
  /** When it last gave what was booked, and the last day that was. */
  bookedAt: string | null;
  lastDay: string | null;
  by: string;
  at: string;
}
