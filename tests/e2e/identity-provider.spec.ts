import { CLIENT_ID, CLIENT_SECRET, TestIdentityProvider } from "@/tests/mocks/identity-provider/server";
import { expect, expectSound, opened, test } from "./page-test";

// What is refused says so with its status.
test.use({ expectedConsole: /403|409|422/ });

test("an owner adds a provider, people come in with it, and it goes again", async ({ page, browser, baseURL }) => {
  const idp = await TestIdentityProvider.start();
  await opened(page, "/users");
  await page.getByRole("button", { name: "Add a provider" }).click();
  const form = page.getByRole("form", { name: "Add a provider" });
  await form.getByLabel("Name").fill("Acme ID");
  await form.getByLabel("Issuer").fill(`${idp.issuer}/wrong`);
  await form.getByLabel("Client id").fill(CLIENT_ID);
  await form.getByLabel("Client secret").fill(CLIENT_SECRET);
  await form.getByLabel("Domains").fill("acme.test, Example.com");
  await form.getByLabel("Claim with groups or roles").fill("groups");
  await form.getByRole("button", { name: "Add a rule" }).click();
  await form.getByLabel("Rule 2: value of the claim").fill("finance-people");
  await form.getByLabel("Rule 2: role").selectOption("Finance");
  await form.getByRole("button", { name: "Add the provider" }).click();
  await expect(form.getByRole("alert")).toContainText("does not answer as an OpenID provider");
  await expectSound(page);
  await form.getByLabel("Issuer").fill(idp.issuer);
  await form.getByRole("button", { name: "Add the provider" }).click();
  await expect(page.getByRole("table", { name: "Identity providers" })).toContainText("acme.test, example.com");

  const context = await browser.newContext({ baseURL: baseURL ?? "", storageState: { cookies: [], origins: [] } });
  const other = await context.newPage();
  const person = { sub: "42", email: "fay@acme.test", email_verified: true, name: "Fay", groups: ["finance-people"] };
  idp.person = { ...person, email_verified: false };
  await other.goto("/rollbacks");
  await expectSound(other);
  await other.getByRole("button", { name: "Continue with Acme ID" }).click();
  await expect(other.getByText("does not say that fay@acme.test was verified")).toBeVisible();
  expect(new URL(other.url()).search).toBe("");
  await expectSound(other);
  await other.getByRole("link", { name: "Back to the sign-in" }).click();
  idp.person = person;
  await other.getByRole("button", { name: "Continue with Acme ID" }).click();
  await expect(other.getByRole("link", { name: "Fay" })).toBeVisible();
  await opened(other, "/account");
  await expect(other.getByText("signs in as finance")).toBeVisible();
  await expect(other.getByText("Acme ID · added")).toBeVisible();
  await other.getByRole("button", { name: "Take Acme ID away" }).click();
  await expect(other.getByText("This is your only way in")).toBeVisible();
  await context.close();

  // An owner is not taken over by an address, and adds the provider while signed in.
  idp.person = { sub: "1", email: "owner@example.com", email_verified: true };
  await opened(page, "/account");
  await page.getByRole("button", { name: "Add Acme ID" }).click();
  await expect(page.getByText("Acme ID · added")).toBeVisible();
  await expectSound(page);
  await opened(page, "/users");
  await page.getByRole("button", { name: "Remove Acme ID" }).click();
  await expect(page.getByText("There is none yet: everybody signs in with a password.")).toBeVisible();
  await idp.close();
});
