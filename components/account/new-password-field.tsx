import { LabelledInput } from "@/components/ui/labelled-input";

/** A new password. */
export function NewPasswordField({ label = "Password", problem }: { label?: string; problem: string | null }) {
  return (
    <LabelledInput
      name="password"
      label={label}
      hint="At least 12 characters; a few words in a row are easy to keep and hard to guess."
      type="password"
      autoComplete="new-password"
      required
      problem={problem}
    />
  );
}
