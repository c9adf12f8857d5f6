import { createHash, type Hash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { COMPANY_VERSION } from "@/bench/company/company";
import type { CompanySize } from "@/bench/company/size";
import { migrationsDirectory } from "@/lib/db/migrate";
import { factsVersion } from "@/lib/facts/version";

/** The files that decide what is in a loaded database besides the company: its schema and how facts are made. */
function sourcesOf(root: string): string[] {
  const folders = [migrationsDirectory(root), path.join(root, "lib", "facts"), path.join(root, "lib", "attribution")];
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.includes(".test."))
      .map((entry) => path.join(entry.parentPath, entry.name))
      .sort(),
  );
}

const digest = (hash: Hash): string => hash.digest("hex").slice(0, 12);

/** Names what a load would make: of a company, and of it with this schema and this projection. */
export function cacheKey(root: string, size: CompanySize): { company: string; version: string } {
  const company = createHash("sha256").update(JSON.stringify(size));
  const version = createHash("sha256").update(JSON.stringify([COMPANY_VERSION, factsVersion()]));
  for (const file of sourcesOf(root)) version.update(`${path.relative(root, file)}\0`).update(readFileSync(file));
  return { company: `${size.pullRequests}-${digest(company)}`, version: digest(version) };
}
