import { domToBlob } from "modern-screenshot";

/** What a picture leaves out: tools that do nothing in it. */
const isDrawn = (node: Node): boolean => !(node instanceof HTMLElement && node.dataset.print === "hide");
/** Sharp on a slide that shows it larger. */
const SCALE = 2;
const PADDING = 8;

/** The name of a file that says what is on it. */
const fileName = (title: string): string =>
  `${title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")}.png`;

/** What the page is about, as it stands on paper: a picture that is passed on says it too. */
const scopeOfPage = (): string => document.querySelector("[data-scope-line]")?.textContent ?? "";

/**
 * Draws a panel as it looks now and hands it to the reader as a PNG.
 * @throws when the browser cannot draw it
 */
export async function savePicture(panel: HTMLElement, title: string): Promise<void> {
  const blob = await domToBlob(panel, {
    scale: SCALE,
    filter: isDrawn,
    backgroundColor: getComputedStyle(panel).backgroundColor,
    style: { paddingBottom: `${PADDING * 3}px` },
    font: false,
    onCloneNode: (clone) => {
      if (!(clone instanceof HTMLElement)) return;
      const line = document.createElement("p");
      line.textContent = scopeOfPage();
      line.style.cssText = `margin-top:${PADDING}px;font-size:12px;opacity:0.7`;
      clone.append(line);
    },
  });
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = fileName(title);
  link.click();
  // The download has begun by then, and the picture need not stay in memory.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
