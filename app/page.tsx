import { redirect } from "next/navigation";
import { requireCaller } from "@/lib/auth/loaders";
import { loadDimensionValues } from "@/lib/metrics/loaders";

export const dynamic = "force-dynamic";

/** The first page: the Overview once there is something to see, else the way to get there. */
export default async function RootPage() {
  const { permissions } = await requireCaller("reports:read");
  const { span } = await loadDimensionValues();
  redirect(span === null && permissions.has("connections:manage") ? "/welcome" : "/overview");
}
