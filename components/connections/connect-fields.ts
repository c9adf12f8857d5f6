import type { ConnectionItem, ConnectRequest } from "@/lib/connections/types";

type Selection = ConnectionItem["selection"];

export type ConnectField = "account" | "token" | "apiUrl" | ChoiceField;
/** What is read of an account, and can be changed later. */
export type ChoiceField = "include" | "exclude" | "depthDays";

/** One line of a form about a connection. */
export interface Field<Name extends string> {
  name: Name;
  label: string;
  hint: string;
  placeholder: string;
  optional: boolean;
  secret?: boolean;
}

export const CHOICE_FIELDS: readonly Field<ChoiceField>[] = [
  {
    name: "include",
    label: "Repositories",
    hint: "Names, or patterns with *, separated by commas. Default: all.",
    placeholder: "api-*, web",
    optional: true,
  },
  {
    name: "exclude",
    label: "But not",
    hint: "The same way.",
    placeholder: "*-archive",
    optional: true,
  },
  {
    name: "depthDays",
    label: "Days of history",
    hint: "Default: all of it. The last ninety days come first either way.",
    placeholder: "730",
    optional: true,
  },
];

/** A server of one's own, for Apps and tokens alike. */
export const SERVER_FIELD: Field<"apiUrl"> = {
  name: "apiUrl",
  label: "API address",
  hint: "For a GitHub Enterprise Server.",
  placeholder: "https://github.example.com/api/v3",
  optional: true,
};

export const CONNECT_FIELDS: readonly Field<ConnectField>[] = [
  {
    name: "account",
    label: "Organisation or user",
    hint: "Its login, as in the address of its page at GitHub.",
    placeholder: "acme",
    optional: false,
  },
  {
    name: "token",
    label: "Fine-grained token",
    hint: "It is tried, sealed and never shown again.",
    placeholder: "github_pat_…",
    optional: false,
    secret: true,
  },
  ...CHOICE_FIELDS,
  SERVER_FIELD,
];

/** Text of a field, without spaces around it; empty when it is not there. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value.trim() : "";
}

const listOf = (text: string): string[] =>
  text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");

/** The choice of repositories and of how far back; both as they are by default when their fields are empty. */
export function toChoices(form: FormData): { selection: Selection; depthDays: number | null } {
  const [include, exclude] = [listOf(textOf(form, "include")), listOf(textOf(form, "exclude"))];
  const chosen = include.length > 0 || exclude.length > 0;
  const days = textOf(form, "depthDays");
  return {
    selection: chosen ? { mode: "pattern", include: include.length > 0 ? include : ["*"], exclude } : { mode: "all" },
    // What is no number would be sent as null, which means all: 0 is refused, and the server names the field.
    depthDays: days === "" ? null : Number(days) || 0,
  };
}

/** What was chosen, as the fields show it. */
export function choicesAsText({
  depthDays,
  selection,
}: Pick<ConnectionItem, "selection" | "depthDays">): Record<ChoiceField, string> {
  const [include, exclude] =
    selection.mode === "some"
      ? [selection.repositories, []]
      : selection.mode === "pattern"
        ? [selection.include, selection.exclude]
        : [[], []];
  return {
    include: include.join(", "),
    exclude: exclude.join(", "),
    depthDays: depthDays === null ? "" : String(depthDays),
  };
}

/** The form as a request; what is empty is left to its default. */
export function toConnectRequest(form: FormData): ConnectRequest {
  const apiUrl = textOf(form, "apiUrl");
  return {
    account: textOf(form, "account"),
    token: textOf(form, "token"),
    ...(apiUrl !== "" && { apiUrl }),
    ...toChoices(form),
  };
}

/** The field that a JSON pointer names, or null when the problem is with none of them. */
export function fieldAt(pointer: string | null): ConnectField | null {
  if (pointer === null) return null;
  if (pointer.startsWith("/selection")) return pointer.startsWith("/selection/exclude") ? "exclude" : "include";
  return CONNECT_FIELDS.find(({ name }) => pointer === `/${name}`)?.name ?? null;
}
