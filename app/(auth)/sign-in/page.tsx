import type { Metadata } from "next";
import { AuthFrame } from "@/components/account/auth-frame";
import { ProviderButtons } from "@/components/account/provider-buttons";
import { SignInForm } from "@/components/account/sign-in-form";
import { leaveWhenSignedIn, loadSignInProviders } from "@/lib/auth/loaders";

export const metadata: Metadata = { title: "Sign in" };

export default async function Page() {
  await leaveWhenSignedIn();
  const providers = await loadSignInProviders();
  return (
    <AuthFrame title="Sign in">
      {providers.length > 0 && <ProviderButtons providers={providers} />}
      <SignInForm />
    </AuthFrame>
  );
}
