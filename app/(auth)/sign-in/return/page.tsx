import type { Metadata } from "next";
import { AuthFrame } from "@/components/account/auth-frame";
import { ProviderReturn } from "@/components/account/provider-return";

export const metadata: Metadata = { title: "Sign in" };

export default function Page() {
  return (
    <AuthFrame title="Sign in">
      <ProviderReturn />
    </AuthFrame>
  );
}
