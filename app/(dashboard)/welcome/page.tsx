import type { Metadata } from "next";
import { WelcomePage } from "@/components/welcome/welcome-page";

export const metadata: Metadata = { title: "Get started" };

export default function Page() {
  return <WelcomePage />;
}
