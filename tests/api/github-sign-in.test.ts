import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { POST as begin, PUT as finish } from "@/app/api/auth/sign-in/provider/route";
import { PATCH as changeProvider } from "@/app/api/v1/identity-providers/[id]/route";
import { POST as addProvider } from "@/app/api/v1/identity-providers/route";
import { POST as beginLink } from "@/app/api/v1/me/identities/route";
import { GET as me } from "@/app/api/v1/me/route";
import { checkAnswersAgainstSchemas } from "@/lib/api/define-route";
import { insertOrg, insertTeam } from "@/tests/factories/facts";
import { type GitHubPerson, TestGitHubSignIn } from "@/tests/mocks/identity-provider/github";
import { CLIENT_ID, CLIENT_SECRET } from "@/tests/mocks/identity-provider/server";
import { useTestDatabase } from "@/tests/setup/test-database";
import { cookiesOf, type Proof, post, useOwner } from "./account-calls";
import { call, ORIGIN } from "./call";

// The environment is read once, when the first module asks for it.
vi.hoisted(() => {
  process.env.EGRESS_ALLOW_HOSTS = "127.0.0.1";
});
useTestDatabase();
checkAnswersAgainstSchemas();
const owner = useOwner();

let github: TestGitHubSignIn;
let payments = 0;

const settings = () => ({
  kind: "github",
  label: "GitHub",
  issuer: `${github.issuer}/`,
  clientId: CLIENT_ID,
  clientSecret: CLIENT_SECRET,
  organizations: ["Acme", "hooli"],
  rules: [
    { value: "Acme/Platform", role: "admin" },
    { value: "acme/payments", role: "lead", teamIds: [payments] },
    { value: null, role: "viewer" },
  ],
});

beforeAll(async () => {
  github = await TestGitHubSignIn.start();
  payments = await insertTeam(await insertOrg("acme"), "payments");
  expect((await post(addProvider, "/", settings(), owner.proof)).status).toBe(200);
});
afterAll(() => github.close());

const start = async () => {
  const answer = await post(begin, "/", { provider: "github", next: "/" });
  return { url: (await answer.json()).url as string, browser: cookiesOf(answer) };
};
const back = (answer: string, browser: Proof) => call(finish, "/", { as: browser, method: "PUT", body: { answer } });

async function visit(person: GitHubPerson): Promise<Response> {
  const { browser, url } = await start();
  return back(github.authorize(url, person), browser);
}

const sessionCookie = (answer: Response): Proof => ({
  cookie: answer.headers.getSetCookie().find((cookie) => cookie.includes("session=")) ?? "",
  origin: ORIGIN,
});
const meOf = async (answer: Response) => (await call(me, "/", { as: sessionCookie(answer) })).json();
const errorOf = async (answer: Response): Promise<string> => (await answer.json()).detail;

describe("a sign-in with GitHub", () => {
  it("lets members in, with the role of their teams, however their names are spelled", async () => {
    const { url } = await start();
    expect(url).toMatch(new RegExp(`^${github.issuer}/login/oauth/authorize\\?`));
    expect(url).not.toContain(CLIENT_SECRET);
    const ada: GitHubPerson = {
      id: 1001,
      login: "ada",
      name: "Ada Byron",
      email: "ada@example.net",
      memberships: { ACME: "active" },
      teams: ["ACME/payments", "other/platform"],
    };
    expect(await meOf(await visit(ada))).toMatchObject({
      name: "Ada Byron",
      email: "ada@example.net",
      role: "lead",
      teams: ["payments"],
    });
    // The account was given another name, another address and other teams.
    const later = { ...ada, login: "countess", email: "countess@example.net", teams: ["acme/platform"] };
    expect(await meOf(await visit(later))).toMatchObject({ email: "ada@example.net", role: "admin" });
  });

  it("reads every page of what somebody is in, and does without addresses", async () => {
    const many = Object.fromEntries(Array.from({ length: 130 }, (_, index) => [`org-${index}`, "active" as const]));
    const person: GitHubPerson = { id: 7, login: "busy", memberships: { ...many, hooli: "active" } };
    expect(await meOf(await visit(person))).toMatchObject({
      email: "7+busy@users.noreply.github.com",
      name: "busy",
      role: "viewer",
    });
  });

  it.each<[string, GitHubPerson, string]>([
    ["nobody's member", { id: 8, login: "eve" }, "a member of acme or hooli"],
    ["a member elsewhere", { id: 8, login: "eve", memberships: { acme2: "active" } }, "a member of acme or hooli"],
    ["who did not accept yet", { id: 8, login: "eve", memberships: { acme: "pending" } }, "a member of acme or hooli"],
    ["whose memberships cannot be read", { id: 8, login: "eve", memberships: null }, "it may not say"],
    [
      "with the address of somebody here",
      { id: 9, login: "mallory", email: "olga@example.com", memberships: { acme: "active" } },
      "Sign in with your password once",
    ],
  ])("lets nobody in who is %s", async (_, person, reason) => {
    const answer = await visit(person);
    expect([401, 403]).toContain(answer.status);
    expect(answer.headers.getSetCookie().join()).not.toContain("session=");
    expect(await errorOf(answer)).toContain(reason);
  });

  it("takes no code of another sign-in or of nobody, and says what GitHub says", async () => {
    const person: GitHubPerson = { id: 10, login: "bo", memberships: { acme: "active" } };
    const [one, two] = [await start(), await start()];
    const foreign = new URLSearchParams(github.authorize(two.url, person));
    foreign.set("state", new URL(one.url).searchParams.get("state") ?? "");
    const swapped = await back(foreign.toString(), one.browser);
    expect(swapped.status).toBe(401);
    expect(await errorOf(swapped)).toBe("GitHub did not sign you in: The code is not good.");
    const three = await start();
    const state = new URL(three.url).searchParams.get("state") ?? "";
    const denied = new URLSearchParams({ error: "access_denied", error_description: "You said no.", state });
    expect(await errorOf(await back(denied.toString(), three.browser))).toContain("You said no.");
  });

  it("is added to an account by who is signed in", async () => {
    const answer = await post(beginLink, "/", { provider: "github", next: "/account" }, owner.proof);
    const browser = { ...owner.proof, cookie: `${owner.proof.cookie}; ${cookiesOf(answer).cookie}` };
    const person: GitHubPerson = { id: 11, login: "olga", memberships: { hooli: "active" } };
    expect((await back(github.authorize((await answer.json()).url, person), browser)).status).toBe(200);
    expect(await meOf(await visit(person))).toMatchObject({ email: "olga@example.com", role: "owner" });
  });

  it.each([
    ["/organizations", { organizations: [] }],
    ["/organizations/0", { organizations: ["a/b"] }],
    ["/issuer", { issuer: "https://127.0.0.1:1" }],
  ])("is not set up with what is wrong at %s", async (pointer, wrong) => {
    const answer = await post(addProvider, "/", { ...settings(), ...wrong }, owner.proof);
    expect([400, 422]).toContain(answer.status);
    expect(await answer.json()).toMatchObject({ pointer });
  });

  it("keeps somebody who may come in when it is changed", async () => {
    const change = (body: unknown) =>
      call(changeProvider, "/", { as: owner.proof, method: "PATCH", params: { id: "github" }, body });
    expect(await (await change({ organizations: [] })).json()).toMatchObject({ pointer: "/organizations" });
    expect((await change({ organizations: ["hooli"] })).status).toBe(200);
    expect((await visit({ id: 12, login: "cleo", memberships: { acme: "active" } })).status).toBe(403);
  });
});
