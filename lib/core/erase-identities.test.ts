import { describe, expect, it } from "vitest";
import { eraseIdentities } from "./erase-identities";

const P = "0123456789ab";
const ADA = new Set(["id:1001", "login:ada", "email:ada@home.example"]);
const erased = (identity: string) => (ADA.has(identity) ? P : null);
const LOGIN = `erased-${P}`;
const EMAIL = `${LOGIN}@erased.invalid`;

describe("a text", () => {
  it.each([
    ["Co-authored-by: Ada Byron <ADA@home.example>", `Co-authored-by: Erased person <${EMAIL}>`],
    ["Signed-off-by: A. B. <1001+countess@users.noreply.github.com>", `Signed-off-by: Erased person <${EMAIL}>`],
    ["by ada@users.noreply.github.com.", `by ${EMAIL}.`],
    ["write to ada@home.example, or to bo@home.example", `write to ${EMAIL}, or to bo@home.example`],
    ["thanks @Ada, @adam and @acme/ada", `thanks @${LOGIN}, @adam and @acme/ada`],
    ["Merge pull request #1 from ada/fix\n\nfix: it", `Merge pull request #1 from ${LOGIN}/fix\n\nfix: it`],
    ["Merge pull request #1 from adam/fix", "Merge pull request #1 from adam/fix"],
    ["ada is a language, and nobody's", "ada is a language, and nobody's"],
    ["Co-authored-by: Copilot <198982749+Copilot@users.noreply.github.com>", null],
  ])("loses who is named in %j", (text, without) => {
    expect(eraseIdentities(text, erased)).toBe(without ?? text);
  });
});

describe("an account or a signature", () => {
  it("becomes a pseudonym, the same by whatever it is known", () => {
    const actor = { type: "user", id: "1001", login: "countess", name: "Ada", email: null };
    const [one, two] = eraseIdentities([actor, { ...actor, id: null, login: "ADA" }], erased);
    expect(one).toMatchObject({ type: "user", login: LOGIN, name: "Erased person", email: null });
    expect(Number(one?.id)).toBeGreaterThan(8e15);
    expect(Number.isSafeInteger(Number(one?.id))).toBe(true);
    expect(two).toMatchObject({ id: null, login: LOGIN });
    const signature = { name: "Ada", email: "ada@home.example", at: "2026-01-01T00:00:00Z" };
    expect(eraseIdentities({ author: signature }, erased)).toEqual({
      author: { name: "Erased person", email: EMAIL, at: signature.at },
    });
    expect(eraseIdentities({ accountId: "1001", headRef: "ada/x" }, erased)).toEqual({
      accountId: one?.id,
      headRef: `${LOGIN}/x`,
    });
  });

  it("stays what it is where nobody is erased, and so does everything else", () => {
    const value = {
      author: { type: "bot", id: "7", login: "ada[bot]", name: null, email: null },
      files: [{ path: "ada/ada.ts", add: 1001, del: null }],
      labels: ["ada"],
      headRef: "main",
      number: 1001,
      id: "1001",
    };
    expect(eraseIdentities(value, erased)).toEqual(value);
  });
});
