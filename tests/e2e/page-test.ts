import AxeBuilder from "@axe-core/playwright";
import { test as base, expect, type Page } from "@playwright/test";
import { extendTailwindMerge } from "tailwind-merge";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Every test fails when the browser's console says something is wrong, unless it is told what to expect. */
export const test = base.extend<{ expectedConsole: RegExp | null; quietConsole: undefined }>({
  expectedConsole: [null, { option: true }],
  quietConsole: [
    async ({ page, expectedConsole }, use) => {
      const said: string[] = [];
      page.on("console", (message) => {
        if (message.type() === "error" || message.type() === "warning")
          said.push(`${message.text()} ${message.location().url}`);
      });
      page.on("pageerror", (error) => said.push(String(error)));
      await use(undefined);
      expect(said.filter((text) => expectedConsole?.test(text) !== true)).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

export const THEMES = ["light", "dark"] as const;
export const WIDTHS = [1440, 390] as const;

/** Waits until a page has its content and its drawings. */
export async function opened(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.locator("main h1")).toBeAttached();
  await page.waitForLoadState("networkidle");
}

// The theme's own text sizes; without them `text-note` would count as a colour.
const mergeClasses = extendTailwindMerge({
  extend: { classGroups: { "font-size": [{ text: ["note", "figure", "headline"] }] } },
});

/** No element is given two utilities for one property: which of them held would be an accident of the style sheet. */
async function expectPlainClasses(page: Page): Promise<void> {
  const lists = await page.evaluate(() => [
    ...new Set([...document.querySelectorAll("body [class]")].map((element) => element.getAttribute("class") ?? "")),
  ]);
  const words = (list: string) => list.split(/\s+/).filter((word) => word !== "");
  expect(lists.filter((list) => words(mergeClasses(list)).length < words(list).length)).toEqual([]);
}

/** Without what passed, which is most of a page, and without putting frames together, of which there are none. */
const axeOf = (page: Page): AxeBuilder =>
  new AxeBuilder({ page }).options({ resultTypes: ["violations"] }).setLegacyMode(true);

async function expectAccessible(page: Page, axe: AxeBuilder): Promise<void> {
  expect(page.frames(), "frames, which would not be looked into").toHaveLength(1);
  const { violations } = await axe.analyze();
  expect(
    violations.map(({ id, nodes }) => ({
      id,
      nodes: nodes.map(({ html, failureSummary }) => ({ html, failureSummary })),
    })),
  ).toEqual([]);
}

/** Nothing on the page breaks an accessibility rule, nothing makes it scroll sideways, and its classes are plain. */
export async function expectSound(page: Page): Promise<void> {
  await expectAccessible(page, axeOf(page).withTags(TAGS));
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(beyond, "pixels beyond the right edge").toBe(0);
  await expectPlainClasses(page);
}

/** The rules about colours, which alone can hold in one theme and not in the other. */
const COLOR_RULES = ["color-contrast", "link-in-text-block"];

/** The same in light and in dark; the page follows what the system prefers, without being loaded again. */
export async function expectSoundInBothThemes(page: Page): Promise<void> {
  for (const [index, theme] of THEMES.entries()) {
    await page.emulateMedia({ colorScheme: theme });
    await expect(page.locator("html")).toHaveAttribute("data-theme", theme);
    // Colours that are on their way have contrasts of neither theme.
    await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== "running"));
    if (index === 0) await expectSound(page);
    else await expectAccessible(page, axeOf(page).withRules(COLOR_RULES));
  }
}
