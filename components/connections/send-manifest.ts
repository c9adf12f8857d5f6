import type { AppBeginningAnswer } from "@/lib/connections/types";

/** Leaves for GitHub, which takes the manifest of an App as a form and in no other way. */
export function sendManifest({ action, manifest }: AppBeginningAnswer): void {
  const form = document.createElement("form");
  form.method = "post";
  form.action = action;
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = "manifest";
  field.value = JSON.stringify(manifest);
  form.append(field);
  document.body.append(form);
  form.submit();
}
