import { expect, opened, test } from "./page-test";

test.use({ colorScheme: "dark", viewport: { width: 794, height: 1123 } });

for (const path of ["/overview", "/roi", "/rollbacks"]) {
  test(`${path} on paper says what it is about, is light, and has no tools`, async ({ page }) => {
    await opened(page, `${path}?team=mobile`);
    const bar = page.getByRole("region", { name: "Period and filters" });
    await expect(bar).toBeVisible();
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    await expect(bar).toBeHidden();
    await expect(page.getByRole("navigation", { name: "Main" })).toBeHidden();
    await expect(page.getByText(/– \d+ \w{3} \d{4} · .* · Mobile/)).toBeVisible();
    await expect(page.getByText("An invented company, not real data")).toBeVisible();
    const paper = await page.evaluate(() => ({
      ink: getComputedStyle(document.querySelector("h1") ?? document.body).color,
      sideways: document.documentElement.scrollWidth > document.documentElement.clientWidth,
      width: document.querySelector("main")?.getBoundingClientRect().width ?? 0,
    }));
    expect(paper.ink).toBe("rgb(27, 28, 26)");
    expect(paper.sideways).toBe(false);
    expect(paper.width).toBeGreaterThan(780);
  });
}
