import { readdirSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { GET } from "@/app/api/openapi.json/route";

const root = path.resolve(import.meta.dirname, "../../app");

function routeFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (file) => path.basename(file) === "route.ts",
  );
}

it("the document holds every route of the API and refers to nothing that it does not hold", async () => {
  const document = await GET().json();
  expect(document.openapi).toBe("3.1.0");
  const files = ["api/auth", "api/otlp", "api/v1"].flatMap((folder) =>
    routeFiles(path.join(root, folder)).map(
      (file) => `/${folder}/${path.dirname(file).replaceAll(path.sep, "/").replaceAll("[", "{").replaceAll("]", "}")}`,
    ),
  );
  expect(Object.keys(document.paths).sort()).toEqual(files.sort());
  const operations = Object.values<Record<string, { summary: string }>>(document.paths).flatMap((item) =>
    Object.values(item),
  );
  expect(operations.every(({ summary }) => summary.length > 10)).toBe(true);
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, pointer = ""]) => pointer);
  for (const reference of references) {
    const found = reference
      .split("/")
      .reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], document);
    expect(found, reference).toBeDefined();
  }
});
