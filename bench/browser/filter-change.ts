import type { Page } from "@playwright/test";

/** What is looked at: the part of the page that shows the new answer. */
export interface FilterTarget {
  /** How the chip's accessible name begins. */
  chip: "Team" | "Repository";
  /** The first element of this selector is watched. */
  watched: string;
}

/**
 * Runs in the page: chooses an option, and resolves once the watched part is another one and has been painted. No
 * function in it has a name: the loader of TypeScript would wrap it in a helper that the page does not have.
 */
function chooseAndWatch([watched, index]: readonly [string, number]): Promise<number> {
  const option = document.querySelectorAll<HTMLElement>('[role="option"]').item(index);
  const before = document.querySelector(watched)?.innerHTML;
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const observer = new MutationObserver(() => {
      if (document.querySelector(watched)?.innerHTML === before) return;
      observer.disconnect();
      // A frame callback runs before the frame is painted, what it posts runs after.
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - started)));
    });
    observer.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
    setTimeout(() => reject(new Error("the filter changed nothing within ten seconds")), 10_000);
    option.click();
  });
}

/**
 * Chooses one more value of a filter. @param index which option of the list
 * @returns milliseconds from the choice to the painted answer
 */
export async function timeFilterChange(page: Page, { chip, watched }: FilterTarget, index: number): Promise<number> {
  await page.getByRole("button", { name: new RegExp(`^${chip}:`) }).click();
  await page.getByRole("option").nth(index).waitFor();
  const milliseconds = await page.evaluate(chooseAndWatch, [watched, index] as const);
  await page.keyboard.press("Escape");
  await page.waitForLoadState("networkidle");
  return milliseconds;
}
