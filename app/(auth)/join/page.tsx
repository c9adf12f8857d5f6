import type { Metadata } from "next";
import { JoinForm } from "@/components/account/join-form";

export const metadata: Metadata = { title: "Join" };

export default function Page() {
  return <JoinForm />;
}
