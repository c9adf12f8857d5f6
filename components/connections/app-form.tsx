"use client";

import { useBeginApp } from "@/components/query/use-github-apps";
import { SubmitButton } from "@/components/ui/submit-button";
import { SERVER_FIELD, textOf } from "./connect-fields";
import { FormLines } from "./form-lines";
import { FormProblem, wrongOf } from "./form-problem";
import { sendManifest } from "./send-manifest";

const ACCOUNT = {
  name: "account",
  label: "Organisation",
  hint: "Its login at GitHub. Without one the App is for your own account.",
  placeholder: "acme",
  optional: true,
} as const;

/** Takes an administrator to GitHub with a ready-made App; they come back to `/connections/github`. */
export function AppForm() {
  const begin = useBeginApp();
  const wrong = wrongOf(begin.error);
  return (
    <form
      noValidate
      aria-label="Connect with a GitHub App"
      className="mt-3 grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        const [account, apiUrl] = [textOf(form, "account"), textOf(form, "apiUrl")];
        begin.mutate(
          {
            account: account === "" ? null : account,
            securityAlerts: form.get("securityAlerts") !== null,
            ...(apiUrl !== "" && { apiUrl }),
          },
          { onSuccess: sendManifest },
        );
      }}
    >
      <div className="grid gap-3 sm:grid-cols-2">
        <FormLines lines={[ACCOUNT, SERVER_FIELD]} wrong={wrong} />
      </div>
      <label className="flex w-fit items-center gap-2">
        <input type="checkbox" name="securityAlerts" className="size-4 accent-(--brand)" />
        Also ask for alerts of code scanning, Dependabot and secret scanning
      </label>
      <FormProblem wrong={wrong} />
      <SubmitButton disabled={begin.isPending || begin.isSuccess} className="w-fit">
        {begin.isSuccess ? "On the way to GitHub…" : "Make the App at GitHub"}
      </SubmitButton>
    </form>
  );
}
