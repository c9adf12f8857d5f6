import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";

/** A cell as it stands in the file. */
export interface ReadCell {
  formula: string | null;
  value: string;
  isText: boolean;
  style: number;
}

export interface ReadWorkbook {
  /** By name, then by place (`B12`). */
  sheets: Map<string, Map<string, ReadCell>>;
  names: Map<string, string>;
  files: Record<string, string>;
}

const ENTITIES: Record<string, string> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&apos;": "'",
  "&#13;": "\r",
};
const plain = (text: string) => text.replace(/&(?:amp|lt|gt|quot|apos|#13);/g, (entity) => ENTITIES[entity] ?? entity);

/** Reads a workbook, of whichever program. */
export function readWorkbook(bytes: Uint8Array): ReadWorkbook {
  const files = Object.fromEntries(
    Object.entries(unzipSync(bytes)).map(([path, content]) => [path, strFromU8(content)]),
  );
  const shared = [...(files["xl/sharedStrings.xml"] ?? "").matchAll(/<si>(.*?)<\/si>/gs)].map(([, item]) =>
    [...(item ?? "").matchAll(/<t[^>]*>(.*?)<\/t>/gs)].map(([, text]) => plain(text ?? "")).join(""),
  );
  const targets = new Map(
    [...(files["xl/_rels/workbook.xml.rels"] ?? "").matchAll(/<Relationship [^>]*>/g)].map(([tag]) => [
      /Id="([^"]+)"/.exec(tag)?.[1] ?? "",
      /Target="([^"]+)"/.exec(tag)?.[1] ?? "",
    ]),
  );
  const workbook = files["xl/workbook.xml"] ?? "";
  const sheets = new Map(
    [...workbook.matchAll(/<sheet [^>]*>/g)].map(([tag]) => {
      const name = plain(/name="([^"]+)"/.exec(tag)?.[1] ?? "");
      const path = `xl/${targets.get(/r:id="([^"]+)"/.exec(tag)?.[1] ?? "")}`;
      return [name, readSheet(files[path] ?? "", shared)];
    }),
  );
  const names = new Map(
    [...workbook.matchAll(/<definedName [^>]*name="([^"]+)"[^>]*>(.*?)<\/definedName>/g)].map(([, name, of]) => [
      name ?? "",
      plain(of ?? ""),
    ]),
  );
  return { sheets, names, files };
}

function readSheet(xml: string, shared: readonly string[]): Map<string, ReadCell> {
  const cells = new Map<string, ReadCell>();
  for (const [, attributes = "", content = ""] of xml.matchAll(/<c ([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)) {
    const place = /r="([A-Z]+\d+)"/.exec(attributes)?.[1] ?? "";
    const type = /t="(\w+)"/.exec(attributes)?.[1] ?? "n";
    const written = /<v>(.*?)<\/v>/s.exec(content)?.[1] ?? /<t[^>]*>(.*?)<\/t>/s.exec(content)?.[1] ?? "";
    cells.set(place, {
      formula: plain(/<f[^>]*>(.*?)<\/f>/s.exec(content)?.[1] ?? "") || null,
      value: type === "s" ? (shared[Number(written)] ?? "") : plain(written),
      isText: type === "s" || type === "str" || type === "inlineStr",
      style: Number(/s="(\d+)"/.exec(attributes)?.[1] ?? 0),
    });
  }
  return cells;
}

/** The same workbook without what its formulas come to, and with some cells changed: a program has to work it out again. */
export function withoutResults(
  bytes: Uint8Array,
  changes: Readonly<Record<string, Readonly<Record<string, string>>>> = {},
): Uint8Array {
  const { files, sheets } = readWorkbook(bytes);
  const names = [...sheets.keys()];
  const changed = Object.entries(files).map(([path, text]) => {
    const index = /^xl\/worksheets\/sheet(\d+)\.xml$/.exec(path)?.[1];
    if (index === undefined) return [path, strToU8(text)] as const;
    const own = changes[names[Number(index) - 1] ?? ""] ?? {};
    const bare = text.replace(/(<f>.*?<\/f>)<v>.*?<\/v>/gs, "$1");
    const set = bare.replace(/(<c r="([A-Z]+\d+)"[^>]*>)<v>.*?<\/v>/gs, (whole, head, place) =>
      own[place] === undefined ? whole : `${head}<v>${own[place]}</v>`,
    );
    return [path, strToU8(set)] as const;
  });
  return zipSync(Object.fromEntries(changed));
}
