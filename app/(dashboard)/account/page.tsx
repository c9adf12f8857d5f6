import type { Metadata } from "next";
import { AccountPage } from "@/components/account/account-page";
import { requireCaller } from "@/lib/auth/loaders";

export const metadata: Metadata = { title: "Account" };

export default async function Page() {
  await requireCaller();
  return <AccountPage />;
}
