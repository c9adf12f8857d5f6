import type { SealedPlace } from "@/lib/core/secrets/seal";

/** Where the address of a chat's webhook is kept. @param id of the schedule */
export const reportWebhookPlace = (id: string): SealedPlace => ({
  table: "report_schedule",
  column: "webhook",
  row: id,
});
