import type { Browser, BrowserContext } from "@playwright/test";

/** The cookies of somebody who is signed in, for further contexts of the browser. */
export type StorageState = Awaited<ReturnType<BrowserContext["storageState"]>>;

/** Signs in as a person does. @returns what further contexts begin with */
export async function signIn(
  browser: Browser,
  baseURL: string,
  { email, password }: { email: string; password: string },
): Promise<StorageState> {
  const context = await browser.newContext({ baseURL });
  try {
    const page = await context.newPage();
    await page.goto("/sign-in");
    await page.getByLabel("E-mail address").fill(email);
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL((url) => url.pathname !== "/sign-in");
    return await context.storageState();
  } finally {
    await context.close();
  }
}
