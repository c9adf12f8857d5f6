import type { Metadata } from "next";
import { GitHubReturn } from "@/components/connections/github-return";

export const metadata: Metadata = { title: "Back from GitHub" };

export default function Page() {
  return <GitHubReturn />;
}
