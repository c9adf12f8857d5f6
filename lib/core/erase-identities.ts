/** Finds the pseudonym of an identity (`id:1001`, `login:ada`, `email:ada@acme.test`), null for who was not erased. */
export type Erased = (identity: string) => string | null;

const NAME = "Erased person";
const NOREPLY = /^(?:(\d+)\+)?([\w-]+)@users\.noreply\.github\.com$/i;
const EMAIL = /[\w.!#$%&'*+/=?^`{|}~-]+@[\w-]+(?:\.[\w-]+)+/g;
/** A person in a trailer or a signature, as Git writes them. */
const NAMED_EMAIL = /([^\s<>:][^<>:\n]*?)\s*<([^<>\s]+@[^<>\s]+)>/g;
const MENTION = /(?<![\w/@.])@([A-Za-z\d](?:[A-Za-z\d-]{0,38}))(?![\w/-])/g;
/** Who a branch belongs to, where its name or the message of its merge says so. */
const BRANCH_OWNER = /\b(from )([A-Za-z\d][A-Za-z\d-]{0,38})\//g;

/** What stands in the place of an identity; each is made of the pseudonym alone, so that one person stays one. */
const loginOf = (pseudonym: string): string => `erased-${pseudonym}`;
const emailOf = (pseudonym: string): string => `erased-${pseudonym}@erased.invalid`;
/** Beyond the numbers that GitHub gives out, and exact in a double. */
const idOf = (pseudonym: string): string => String(8_000_000_000_000_000 + Number.parseInt(pseudonym.slice(0, 9), 16));

export const identitiesOf = {
  id: (id: string) => `id:${id}`,
  login: (login: string) => `login:${login.toLowerCase()}`,
  email: (email: string) => `email:${email.toLowerCase()}`,
};

/** The identity of a pseudonym that stands in the place of another one. */
export function pseudonymousIdentity(identity: string, pseudonym: string): string {
  if (identity.startsWith("id:")) return identitiesOf.id(idOf(pseudonym));
  return identity.startsWith("login:")
    ? identitiesOf.login(loginOf(pseudonym))
    : identitiesOf.email(emailOf(pseudonym));
}

function pseudonymOfEmail(email: string, erased: Erased): string | null {
  const [, id, login] = NOREPLY.exec(email) ?? [];
  return (
    erased(identitiesOf.email(email)) ??
    (id === undefined ? null : erased(identitiesOf.id(id))) ??
    (login === undefined ? null : erased(identitiesOf.login(login)))
  );
}

function eraseText(text: string, erased: Erased): string {
  if (!text.includes("@") && !text.includes("from ")) return text;
  return text
    .replace(NAMED_EMAIL, (whole, _name: string, email: string) => {
      const pseudonym = pseudonymOfEmail(email, erased);
      return pseudonym === null ? whole : `${NAME} <${emailOf(pseudonym)}>`;
    })
    .replace(EMAIL, (email) => {
      const pseudonym = pseudonymOfEmail(email, erased);
      return pseudonym === null ? email : emailOf(pseudonym);
    })
    .replace(MENTION, (whole, login: string) => {
      const pseudonym = erased(identitiesOf.login(login));
      return pseudonym === null ? whole : `@${loginOf(pseudonym)}`;
    })
    .replace(BRANCH_OWNER, (whole, from: string, login: string) => {
      const pseudonym = erased(identitiesOf.login(login));
      return pseudonym === null ? whole : `${from}${loginOf(pseudonym)}/`;
    });
}

type Fields = Readonly<Record<string, unknown>>;
const textIn = (fields: Fields, name: string): string | null =>
  typeof fields[name] === "string" ? (fields[name] as string) : null;

/** Whose object this is: that of an account or of a signature; null where nobody is erased. */
function pseudonymOf(fields: Fields, erased: Erased): string | null {
  const [id, login, email] = [textIn(fields, "id"), textIn(fields, "login"), textIn(fields, "email")];
  const isActor = "login" in fields && "id" in fields;
  if (!isActor && email === null) return null;
  return (
    (isActor && id !== null ? erased(identitiesOf.id(id)) : null) ??
    (login === null ? null : erased(identitiesOf.login(login))) ??
    (email === null ? null : pseudonymOfEmail(email, erased))
  );
}

function eraseFields(fields: Fields, erased: Erased): Record<string, unknown> {
  const pseudonym = pseudonymOf(fields, erased);
  const kept = Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, eraseField(name, value, erased)]),
  );
  if (pseudonym === null) return kept;
  const instead: Record<string, string> = {
    id: idOf(pseudonym),
    login: loginOf(pseudonym),
    email: emailOf(pseudonym),
    name: NAME,
  };
  for (const [name, value] of Object.entries(instead)) if (textIn(fields, name) !== null) kept[name] = value;
  return kept;
}

function eraseField(name: string, value: unknown, erased: Erased): unknown {
  if (typeof value !== "string") return eraseIdentities(value, erased);
  if (name === "accountId") {
    const pseudonym = erased(identitiesOf.id(value));
    return pseudonym === null ? value : idOf(pseudonym);
  }
  if (name === "headRef") {
    const [owner = "", ...rest] = value.split("/");
    const pseudonym = rest.length === 0 ? null : erased(identitiesOf.login(owner));
    return pseudonym === null ? value : [loginOf(pseudonym), ...rest].join("/");
  }
  return eraseText(value, erased);
}

/**
 * Puts pseudonyms in the place of erased people, wherever in a piece of JSON they are: accounts, signatures, addresses,
 * trailers, mentions, branches. Everything else stays as it is, and so does what the same person did together.
 */
export function eraseIdentities<Value>(value: Value, erased: Erased): Value {
  if (typeof value === "string") return eraseText(value, erased) as Value;
  if (Array.isArray(value)) return value.map((item) => eraseIdentities(item, erased)) as Value;
  if (typeof value !== "object" || value === null) return value;
  return eraseFields(value as Fields, erased) as Value;
}
