import type { Metadata } from "next";
import { RulesPage } from "@/components/admin/rules/rules-page";
import { requireCaller } from "@/lib/auth/loaders";

export const metadata: Metadata = { title: "Rules" };

export default async function Page() {
  await requireCaller("settings:manage");
  return <RulesPage />;
}
