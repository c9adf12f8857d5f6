import shippedPaths from "./rules/paths.json";
import { type RuleSet, SHIPPED_RULES } from "./rules/rule-set";

const { documentation, tests, generated } = shippedPaths;

const docDirectories = new Set(documentation.directories);
const sourceRoots = new Set(documentation.sourceRoots);
const docExtensions = new Set(documentation.extensions);
const docNames = new Set(documentation.names);
const docNameExtensions = new Set(documentation.nameExtensions);
const testDirectories = new Set(tests.directories);
const testDirectorySuffix = new RegExp(tests.directorySuffix, "i");
const testFile = new RegExp(tests.files.map((source) => `(?:${source})`).join("|"));
const generatedNames = new Set(generated.names);
const generatedDirectories = new Set(generated.directories);
const generatedFile = new RegExp(generated.files.map((source) => `(?:${source})`).join("|"), "i");

/** What a changed path is, as far as its name tells. A path can be more than one of these. */
export interface PathKinds {
  documentation: boolean;
  test: boolean;
  /** Lock files, snapshots, minified, vendored and generated code: nobody wrote its lines. */
  generated: boolean;
}

// Directory kinds repeat from path to path; most of the work is in telling them once.
const directoryKinds = new Map<string, PathKinds>();
const DIRECTORY_CACHE = 50_000;

function kindsOfDirectory(directory: string): PathKinds {
  const known = directoryKinds.get(directory);
  if (known !== undefined) return known;
  const kinds = { documentation: false, test: false, generated: false };
  let inSource = false;
  for (const segment of directory.split("/")) {
    const name = segment.toLowerCase();
    // `src/app/docs/page.tsx` is a page about documentation, not documentation.
    if (sourceRoots.has(name)) inSource = true;
    if (docDirectories.has(name) && !inSource) kinds.documentation = true;
    if (testDirectories.has(name) || testDirectorySuffix.test(name)) kinds.test = true;
    if (generatedDirectories.has(name)) kinds.generated = true;
  }
  if (directoryKinds.size >= DIRECTORY_CACHE) directoryKinds.clear();
  directoryKinds.set(directory, kinds);
  return kinds;
}

function isDocumentName(name: string): boolean {
  const dot = name.lastIndexOf(".");
  const extension = dot <= 0 ? "" : name.slice(dot + 1).toLowerCase();
  if (docExtensions.has(extension)) return true;
  return docNameExtensions.has(extension) && docNames.has((dot <= 0 ? name : name.slice(0, dot)).toLowerCase());
}

/** Tells documentation, tests and generated files apart by path (metrics.md G6, G7). */
export function kindsOfPath(path: string, rules: RuleSet = SHIPPED_RULES): PathKinds {
  const shipped = shippedKindsOf(path);
  const generated = rules.isGenerated(path);
  return generated === undefined || generated === shipped.generated ? shipped : { ...shipped, generated };
}

function shippedKindsOf(path: string): PathKinds {
  const known = pathKinds.get(path);
  if (known !== undefined) return known;
  const kinds = tellPath(path);
  if (pathKinds.size >= PATH_CACHE) pathKinds.clear();
  pathKinds.set(path, kinds);
  return kinds;
}

// Category and line counts both ask, and the same files change again and again.
const pathKinds = new Map<string, PathKinds>();
const PATH_CACHE = 50_000;

function tellPath(path: string): PathKinds {
  const slash = path.lastIndexOf("/");
  const directory = kindsOfDirectory(slash === -1 ? "" : path.slice(0, slash));
  const name = path.slice(slash + 1);
  return {
    documentation: directory.documentation || isDocumentName(name),
    test: directory.test || testFile.test(name),
    generated: directory.generated || generatedNames.has(name.toLowerCase()) || generatedFile.test(name),
  };
}
