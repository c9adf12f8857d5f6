import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AuthFrame } from "@/components/account/auth-frame";
import { SetUpForm } from "@/components/account/set-up-form";
import { loadIsSetUp } from "@/lib/auth/loaders";

export const metadata: Metadata = { title: "Set up" };

export default async function Page() {
  if (await loadIsSetUp()) redirect("/sign-in");
  return (
    <AuthFrame
      title="Who owns this installation?"
      lede="The owner connects GitHub and invites the others. Whoever can read the server's output may become it: that is what the code is for."
    >
      <SetUpForm />
    </AuthFrame>
  );
}
