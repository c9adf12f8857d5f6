import type { Role } from "@/lib/auth/types";

/** What roles are called, and what they mean to whoever chooses one. */
export const ROLE_WORDS: Readonly<Record<Role, { label: string; means: string }>> = {
  owner: { label: "Owner", means: "everything, and the other owners" },
  admin: { label: "Admin", means: "everything but owners: connections, users, keys, the audit log" },
  finance: { label: "Finance", means: "all teams and money, which it enters; no persons" },
  lead: { label: "Lead", means: "the teams you choose, for whoever leads them" },
  viewer: { label: "Viewer", means: "the teams you choose; changes nothing" },
};
