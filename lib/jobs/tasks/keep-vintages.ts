import { SYSTEM_SCOPE } from "@/lib/auth/system-scope";
import { dueVintages, readVintage } from "@/lib/metrics/closes/vintages";
import { keepVintage } from "@/lib/settings/money/closes";

/** Keeps what closed months come to 30 and 90 days after their end, once data reach so far; runs every hour. */
export async function keepVintages(): Promise<void> {
  for (const due of await dueVintages(new Date())) {
    const vintage = await readVintage(SYSTEM_SCOPE, due);
    if (vintage !== null) await keepVintage(due.closeId, due.days, JSON.stringify(vintage));
  }
}
