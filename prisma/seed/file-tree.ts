import type { Layout, SampleRepository } from "./company";
import { DOMAINS } from "./domains";
import type { Random } from "./random";

/** Where things lie in a repository, by module, so that changes can be drawn that look like one kind of work. */
export interface FileTree {
  source: ReadonlyMap<string, readonly string[]>;
  tests: readonly string[];
  docs: readonly string[];
  build: readonly string[];
  guarded: readonly string[];
  lockFile: string | null;
}

const pascal = (words: string): string =>
  words.replace(/(^|[ -])(\w)/g, (_match, _gap: string, letter: string) => letter.toUpperCase());
const kebab = (words: string): string => words.replaceAll(" ", "-");
const snake = (words: string): string => words.replaceAll(" ", "_");

/** Path of a source file, or of its test, in the manner of the language. */
export function pathOf(layout: Layout, module: string, stem: string, kind: "source" | "test"): string {
  const test = kind === "test";
  switch (layout) {
    case "typescript":
    case "docs":
      return `src/${module}/${kebab(stem)}${test ? ".test" : ""}.ts`;
    case "go":
      return `internal/${module}/${snake(stem)}${test ? "_test" : ""}.go`;
    case "python":
      return test ? `tests/${module}/test_${snake(stem)}.py` : `app/${module}/${snake(stem)}.py`;
    case "kotlin":
      return test ? `${module}/src/test/kotlin/${pascal(stem)}Test.kt` : `${module}/src/main/kotlin/${pascal(stem)}.kt`;
    case "swift":
      return test
        ? `Modules/${module}/Tests/${pascal(stem)}Tests.swift`
        : `Modules/${module}/Sources/${pascal(stem)}.swift`;
    case "terraform":
      return test ? `tests/${module}/${snake(stem)}_test.go` : `modules/${module}/${snake(stem)}.tf`;
    case "sql":
      return test ? `tests/${module}/test_${snake(stem)}.sql` : `models/${module}/${snake(stem)}.sql`;
  }
}

const BUILD_FILES: Record<Layout, { files: readonly string[]; lock: string | null }> = {
  typescript: { files: ["package.json", "tsconfig.json", "biome.json", "Dockerfile"], lock: "package-lock.json" },
  docs: { files: ["package.json", "site.config.mjs"], lock: "package-lock.json" },
  go: { files: ["go.mod", "Makefile", ".golangci.yml", "Dockerfile"], lock: "go.sum" },
  python: { files: ["pyproject.toml", "Makefile", "Dockerfile"], lock: "poetry.lock" },
  kotlin: { files: ["build.gradle.kts", "gradle.properties", "Dockerfile"], lock: "gradle.lockfile" },
  swift: { files: ["Package.swift", ".swiftlint.yml"], lock: "Package.resolved" },
  terraform: { files: ["versions.tf", "Makefile"], lock: ".terraform.lock.hcl" },
  sql: { files: ["dbt_project.yml", "packages.yml"], lock: "package-lock.yml" },
};

const ROLES = ["store", "handler", "mapper", "policy", "client", "view", "service"] as const;
const GUARDED_STEMS = ["grant policy", "link verifier", "request signer"] as const;

/** The tree a repository starts with: some sixty files for most, docs for the documentation repositories. */
export function plantTree(repository: SampleRepository, random: Random): FileTree {
  const { layout } = repository;
  const domain = DOMAINS[repository.domain];
  const source = new Map<string, string[]>();
  const tests: string[] = [];
  for (const module of domain.modules) {
    const stems = random
      .sample(domain.things, layout === "docs" ? 2 : random.int(4, 6))
      .map((thing) => `${thing} ${random.pick(ROLES)}`);
    source.set(
      module,
      stems.map((stem) => pathOf(layout, module, stem, "source")),
    );
    for (const stem of stems) if (random.chance(0.6)) tests.push(pathOf(layout, module, stem, "test"));
  }
  const folders = layout === "docs" ? ["docs/guides", "docs/reference", "docs/tutorials"] : ["docs"];
  const docs = folders.flatMap((folder) => domain.things.slice(0, 9).map((thing) => `${folder}/${kebab(thing)}.md`));
  const build = BUILD_FILES[layout];
  return {
    source,
    tests,
    docs: ["README.md", "CHANGELOG.md", ...docs],
    build: [...build.files, ".github/workflows/ci.yml", ".github/workflows/release.yml", "scripts/check.sh"],
    guarded: domain.guarded.flatMap((module) => GUARDED_STEMS.map((stem) => pathOf(layout, module, stem, "source"))),
    lockFile: build.lock,
  };
}

/** Every path of a tree, in a fixed order. */
export function pathsOf(tree: FileTree): string[] {
  const lock = tree.lockFile === null ? [] : [tree.lockFile];
  return [...[...tree.source.values()].flat(), ...tree.tests, ...tree.docs, ...tree.build, ...tree.guarded, ...lock];
}
