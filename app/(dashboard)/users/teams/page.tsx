import type { Metadata } from "next";
import { TeamsPage } from "@/components/admin/teams-page";
import { requireCaller } from "@/lib/auth/loaders";

export const metadata: Metadata = { title: "Teams and who sees them" };

export default async function Page() {
  await requireCaller("users:manage");
  return <TeamsPage />;
}
