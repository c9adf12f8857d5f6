import type { Metadata } from "next";
import { WelcomePage } from "@/components/welcome/welcome-page";
import { requireCaller } from "@/lib/auth/loaders";

export const metadata: Metadata = { title: "Get started" };

export default async function Page() {
  await requireCaller("connections:manage");
  return <WelcomePage />;
}
