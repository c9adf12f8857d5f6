import type { ImportRequest } from "@/lib/settings/types";

export type ImportField = keyof ImportRequest;

/** The form's fields in order; all but the path may stay empty, and then the clone itself says. */
export const IMPORT_FIELDS: readonly { name: ImportField; label: string; hint: string; placeholder: string }[] = [
  {
    name: "path",
    label: "Folder on this machine",
    hint: "A clone, a bare repository or a mirror. The server reads it, and never writes to it.",
    placeholder: "/srv/git/api.git",
  },
  { name: "org", label: "Organisation", hint: "Default: the owner in the clone's address.", placeholder: "acme" },
  { name: "repo", label: "Repository", hint: "Default: the name in the clone's address.", placeholder: "api" },
  { name: "branch", label: "Branch", hint: "Default: the remote's default branch.", placeholder: "main" },
  {
    name: "since",
    label: "Since",
    hint: "Leaves out what landed before. Default: everything.",
    placeholder: "2026-01-31",
  },
];

/** The form as a request; what is empty is left to its default. */
export function toImportRequest(form: FormData): ImportRequest {
  const text = (name: ImportField) => {
    const value = form.get(name);
    return typeof value === "string" ? value.trim() : "";
  };
  const optional = (["org", "repo", "branch", "since"] as const).filter((name) => text(name) !== "");
  return { path: text("path"), ...Object.fromEntries(optional.map((name) => [name, text(name)])) };
}

/** The field that a JSON pointer names, or null when the problem is with none of them. */
export function fieldAt(pointer: string | null): ImportField | null {
  return IMPORT_FIELDS.find(({ name }) => pointer === `/${name}`)?.name ?? null;
}
