import type { Metadata } from "next";
import { UsersPage } from "@/components/admin/users-page";
import { requireCaller } from "@/lib/auth/loaders";

export const metadata: Metadata = { title: "Users" };

export default async function Page() {
  await requireCaller("users:manage");
  return <UsersPage />;
}
