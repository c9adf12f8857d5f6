import { readFileSync } from "node:fs";
import path from "node:path";

/** Inter comes in one file per script: which of them has the letters of a range. The first is taken where none has. */
const SCRIPTS = [
  {
    name: "latin",
    has: /[\u0020-\u00ff\u0131\u0152\u0153\u02c6\u02da\u02dc\u2000-\u206f\u20ac\u2122\u2191\u2193\u2212\u2215]/u,
  },
  { name: "latin-ext", has: /[\u0100-\u02ff\u1e00-\u1eff\u20a0-\u20ab\u20ad-\u20cf\u2113]/u },
  { name: "greek", has: /[\u0370-\u03ff]/u },
  { name: "cyrillic", has: /[\u0400-\u045f\u0490\u0491\u04b0\u04b1\u2116]/u },
] as const;

const WEIGHTS = { regular: 400, strong: 600 } as const;
export type Weight = keyof typeof WEIGHTS;

/** A piece of text that one font file has the letters of. */
export interface TextRun {
  font: string;
  text: string;
}

const fontName = (script: string, weight: Weight): string => `${script} ${weight}`;

/** Every font of a document by its name. */
export function fontFiles(): { name: string; content: Buffer }[] {
  const folder = path.join(process.cwd(), "node_modules/@fontsource/inter/files");
  return SCRIPTS.flatMap(({ name }) =>
    (Object.keys(WEIGHTS) as Weight[]).map((weight) => ({
      name: fontName(name, weight),
      content: readFileSync(path.join(folder, `inter-${name}-${WEIGHTS[weight]}-normal.woff`)),
    })),
  );
}

/** A text in pieces by the font that has their letters; what none has is a question mark. */
export function textRuns(text: string, weight: Weight): TextRun[] {
  const runs: TextRun[] = [];
  for (const letter of text.replace(/\p{Cc}/gu, " ")) {
    const script = SCRIPTS.find(({ has }) => has.test(letter));
    const font = fontName(script?.name ?? SCRIPTS[0].name, weight);
    const shown = script === undefined ? "?" : letter;
    const last = runs.at(-1);
    if (last?.font === font) last.text += shown;
    else runs.push({ font, text: shown });
  }
  return runs;
}
