import type { Metadata } from "next";
import { ConnectionsPage } from "@/components/connections/connections-page";
import { requireCaller } from "@/lib/auth/loaders";

export const metadata: Metadata = { title: "Connections" };

export default async function Page() {
  await requireCaller("connections:manage");
  return <ConnectionsPage />;
}
