import type { Metadata } from "next";
import { SettingsPage } from "@/components/admin/settings-page";
import { requireCaller } from "@/lib/auth/loaders";

export const metadata: Metadata = { title: "Settings" };

export default async function Page() {
  await requireCaller("settings:manage");
  return <SettingsPage />;
}
