import type { Metadata } from "next";
import { KeysPage } from "@/components/admin/keys-page";
import { requireCaller } from "@/lib/auth/loaders";

export const metadata: Metadata = { title: "Keys" };

export default async function Page() {
  await requireCaller("keys:manage");
  return <KeysPage />;
}
