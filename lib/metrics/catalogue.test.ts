import path from "node:path";
import { expect, it } from "vitest";
import { renderCatalogue } from "./catalogue";

it("docs/metrics.md is what the registry says", async () => {
  await expect(renderCatalogue()).toMatchFileSnapshot(path.resolve(import.meta.dirname, "../../docs/metrics.md"));
});
