import type { Metadata } from "next";
import { AuthFrame } from "@/components/account/auth-frame";
import { SignInForm } from "@/components/account/sign-in-form";
import { leaveWhenSignedIn } from "@/lib/auth/loaders";

export const metadata: Metadata = { title: "Sign in" };

export default async function Page() {
  await leaveWhenSignedIn();
  return (
    <AuthFrame title="Sign in">
      <SignInForm />
    </AuthFrame>
  );
}
