import type { Metadata } from "next";
import { requireCaller } from "@/lib/auth/loaders";
import { ReportsView } from "./view";

export const metadata: Metadata = { title: "Reports" };

export default async function ReportsPage() {
  await requireCaller("exports:read");
  return <ReportsView />;
}
