import type { Metadata } from "next";
import { DeliveriesPage } from "@/components/connections/deliveries-page";
import { requireCaller } from "@/lib/auth/loaders";

export const metadata: Metadata = { title: "Deliveries" };

export default async function Page() {
  await requireCaller("connections:manage");
  return <DeliveriesPage />;
}
