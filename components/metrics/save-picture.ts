import { domToBlob } from "modern-screenshot";
import { downloadBlob, fileName } from "./download-blob";

/** What a picture leaves out: tools that do nothing in it. */
const isDrawn = (node: Node): boolean => !(node instanceof HTMLElement && node.dataset.print === "hide");
/** Sharp on a slide that shows it larger. */
const SCALE = 2;
/** Room for the line below, in pixels. */
const SCOPE_LINE = 28;

/** What the page is about, as it stands on paper: a picture that is passed on says it too. */
const scopeOfPage = (): string => document.querySelector("[data-scope-line]")?.textContent ?? "";

/** The rules of the fonts that the page shows, with the fonts in them: a picture may load nothing. */
async function fontFaces(): Promise<string> {
  const shown = new Set(
    [...document.fonts].flatMap(({ status, unicodeRange }) => (status === "loaded" ? unicodeRange : [])),
  );
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
  const faces = rules.filter(
    (rule): rule is CSSFontFaceRule =>
      rule instanceof CSSFontFaceRule && shown.has(rule.style.getPropertyValue("unicode-range")),
  );
  const texts = await Promise.all(
    faces.map(async ({ cssText, parentStyleSheet }) => {
      const [whole = "", address = ""] = /url\("?([^")]+)"?\)/.exec(cssText) ?? [];
      const font = await fetch(new URL(address, parentStyleSheet?.href ?? location.href));
      const held = cssText.replace(whole, `url("${await dataUrl(await font.blob())}")`);
      // What may be left out where it is late is left out of every picture.
      return held.replace(/font-display:[^;]*;/, "font-display: block;");
    }),
  );
  return texts.join("\n");
}

function dataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}

/**
 * Draws a panel as it looks now and hands it to the reader as a PNG.
 * @throws when the browser cannot draw it
 */
export async function savePicture(panel: HTMLElement, title: string): Promise<void> {
  const blob = await domToBlob(panel, {
    scale: SCALE,
    filter: isDrawn,
    backgroundColor: getComputedStyle(panel).backgroundColor,
    height: panel.offsetHeight + SCOPE_LINE,
    font: { cssText: await fontFaces() },
    onCloneNode: (clone) => {
      if (!(clone instanceof HTMLElement)) return;
      const line = document.createElement("p");
      line.textContent = scopeOfPage();
      line.style.cssText = "margin-top:8px;font-size:12px;opacity:0.7";
      clone.append(line);
    },
  });
  downloadBlob(blob, fileName(title, "png"));
}
