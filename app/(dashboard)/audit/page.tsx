import type { Metadata } from "next";
import { AuditPage } from "@/components/admin/audit-page";
import { requireCaller } from "@/lib/auth/loaders";

export const metadata: Metadata = { title: "Audit log" };

export default async function Page() {
  await requireCaller("audit:read");
  return <AuditPage />;
}
