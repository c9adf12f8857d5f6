import type { Metadata } from "next";
import { GitHubReturn } from "@/components/connections/github-return";
import { requireCaller } from "@/lib/auth/loaders";

export const metadata: Metadata = { title: "Back from GitHub" };

export default async function Page() {
  await requireCaller("connections:manage");
  return <GitHubReturn />;
}
