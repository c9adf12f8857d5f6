import type { ConnectRequest } from "@/lib/connections/types";

export type ConnectField = "account" | "token" | "apiUrl" | "include" | "exclude" | "depthDays";

interface Field {
  name: ConnectField;
  label: string;
  hint: string;
  placeholder: string;
  optional: boolean;
  secret?: boolean;
}

export const CONNECT_FIELDS: readonly Field[] = [
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
  {
    name: "apiUrl",
    label: "API address",
    hint: "For a GitHub Enterprise Server.",
    placeholder: "https://github.example.com/api/v3",
    optional: true,
  },
];

const listOf = (text: string): string[] =>
  text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");

/** The form as a request; what is empty is left to its default. */
export function toConnectRequest(form: FormData): ConnectRequest {
  const text = (name: ConnectField) => {
    const value = form.get(name);
    return typeof value === "string" ? value.trim() : "";
  };
  const [include, exclude] = [listOf(text("include")), listOf(text("exclude"))];
  const chosen = include.length > 0 || exclude.length > 0;
  const days = text("depthDays");
  return {
    account: text("account"),
    token: text("token"),
    ...(text("apiUrl") !== "" && { apiUrl: text("apiUrl") }),
    ...(chosen && { selection: { mode: "pattern", include: include.length > 0 ? include : ["*"], exclude } }),
    // What is no number is refused by the server, which names the field.
    ...(days !== "" && { depthDays: Number(days) }),
  };
}

/** The field that a JSON pointer names, or null when the problem is with none of them. */
export function fieldAt(pointer: string | null): ConnectField | null {
  if (pointer === null) return null;
  if (pointer.startsWith("/selection")) return pointer.startsWith("/selection/exclude") ? "exclude" : "include";
  return CONNECT_FIELDS.find(({ name }) => pointer === `/${name}`)?.name ?? null;
}
