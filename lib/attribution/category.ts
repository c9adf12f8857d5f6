import { CATEGORIES, type Category } from "@/lib/core/dimensions";
import { kindsOfPath, type PathKinds } from "./path-kinds";
import { CATEGORY_RULES, categoryNamed } from "./rules/category-rules";
import { type RuleSet, SHIPPED_RULES } from "./rules/rule-set";
import { sensitiveWordOf } from "./sensitive-path";
import type { CategoryVerdict, Evidence } from "./types";

/** Changes whenever the rules or the way they are applied change; stored with every verdict. */
export const CLASSIFIER_VERSION = CATEGORY_RULES.version;

interface CategoryInput {
  title: string;
  labels?: readonly string[];
  taskType?: string | null;
  /** Changed paths; null when the source does not know them. */
  files: readonly (string | { path: string; from?: string })[] | null;
}

interface ClassifiedPath {
  path: string;
  from: string | undefined;
  kinds: PathKinds;
}

const TITLE = /^(?:\[[^\]]*\]\s*)?([a-z]+)(?:\([^)]*\))?!?:/i;
const moduleRoots = new Set(CATEGORY_RULES.moduleRoots);
const explicit = new RegExp(`^(?:${CATEGORY_RULES.explicitPrefixes.join("|")})\\s*[:/]\\s*(.+)$`, "i");

const verdict = (category: Category, rule: string, text: string, quote?: string, at?: string): CategoryVerdict => {
  const evidence: Evidence = { rule: `category:${rule}`, text };
  if (quote !== undefined) evidence.quote = quote.slice(0, 200);
  if (at !== undefined) evidence.at = at;
  return { category, rule, evidence, classifierVersion: CLASSIFIER_VERSION };
};

function bySensitivePath(paths: readonly ClassifiedPath[], rules: RuleSet): CategoryVerdict | null {
  for (const { path, from, kinds } of paths) {
    if (kinds.documentation || kinds.test) continue;
    const word = sensitiveWordOf(path, rules) ?? (from === undefined ? null : sensitiveWordOf(from, rules));
    if (word === null) continue;
    const text = `It touches a sensitive path ("${word}") outside documentation and tests.`;
    return verdict("security_critical", "sensitive_path", text, path, path);
  }
  return null;
}

/** The list of categories goes from safe to risky; "unclassified" says nothing and gives way to any other. */
const riskOf = (category: Category): number => (category === "unclassified" ? -1 : CATEGORIES.indexOf(category));

/** A task type decides; of several labels the one of the riskiest category. */
function byLabel(labels: readonly string[], taskType: string | null, rules: RuleSet): CategoryVerdict | null {
  if (taskType !== null && taskType.trim() !== "") {
    const category = rules.categoryOf("label", taskType) ?? categoryNamed(taskType);
    return category === undefined
      ? verdict("unclassified", "label", "The task type names no known category.", taskType, "taskType")
      : verdict(category, "label", "The task type says so.", taskType, "taskType");
  }
  let best: CategoryVerdict | null = null;
  let unknown: string | null = null;
  for (const label of labels) {
    const stated = explicit.exec(label)?.[1];
    const category =
      rules.categoryOf("label", label) ?? rules.categoryOf("label", stated ?? label) ?? categoryNamed(stated ?? label);
    if (category === undefined) {
      if (stated !== undefined) unknown ??= label;
    } else if (best === null || riskOf(category) > riskOf(best.category)) {
      best = verdict(category, "label", "A label says so.", label, "labels");
    }
  }
  if (best !== null || unknown === null) return best;
  return verdict("unclassified", "label", "A label names a category that is not known.", unknown, "labels");
}

/** What the organisation says of paths, of those that are neither documentation nor tests. */
function byOwnPaths(paths: readonly ClassifiedPath[], rules: RuleSet): CategoryVerdict | null {
  const changed = paths.flatMap(({ kinds, path }) => (kinds.documentation || kinds.test ? [] : [path]));
  const found = rules.categoryOfPaths(changed);
  if (found === null) return null;
  const text = `Your own rules say so of paths like ${found.pattern}.`;
  return verdict(found.category, "own_path", text, found.path, found.path);
}

function byPaths(paths: readonly ClassifiedPath[]): CategoryVerdict | null {
  const [first] = paths;
  if (first === undefined) return null;
  const all = paths.length === 1 ? "The only changed file is" : `All ${paths.length} changed files are`;
  if (paths.every(({ kinds }) => kinds.documentation)) {
    return verdict("documentation", "paths", `${all} documentation.`, undefined, first.path);
  }
  if (paths.every(({ kinds }) => kinds.test)) {
    return verdict("test_generation", "paths", `${all} test code.`, undefined, first.path);
  }
  return null;
}

/** The module of a source file: its top folder, or the child of a folder that only gathers modules. */
function moduleOf(path: string): string | null {
  const [top, second, ...rest] = path.split("/");
  if (top === undefined || second === undefined) return null;
  return moduleRoots.has(top) && rest.length > 0 ? `${top}/${second}` : top;
}

const isSource = ({ kinds }: ClassifiedPath): boolean => !kinds.documentation && !kinds.test && !kinds.generated;

function byTitle(title: string, paths: readonly ClassifiedPath[] | null, rules: RuleSet): CategoryVerdict | null {
  const type = TITLE.exec(title)?.[1]?.toLowerCase();
  if (type === undefined) return null;
  const plain = rules.categoryOf("title", type) ?? CATEGORY_RULES.titles[type];
  if (plain !== undefined) return verdict(plain, "title", `The title has the type "${type}".`, title, "title");
  if (paths === null) return null;
  const sources = paths.filter(isSource);
  if (type === "fix" && sources.length === 1) {
    const text = "The title is a fix and it changes exactly one source file besides tests and documentation.";
    return verdict("bug_fix_isolated", "title", text, title, sources[0]?.path);
  }
  if (type === "refactor") {
    const modules = new Set(sources.map(({ path }) => moduleOf(path)).filter((name) => name !== null));
    if (modules.size >= 2) {
      const text = `The title is a refactoring and it changes ${modules.size} modules: ${[...modules].sort().slice(0, 5).join(", ")}.`;
      return verdict("cross_module_refactor", "title", text, title, "title");
    }
  }
  return null;
}

/**
 * Task category of a pull request (metrics.md G7), first match wins: a sensitive path; a label or
 * task type; a path that the organisation speaks of; all documentation; all tests; a conventional title; else unclassified. Features have no category of
 * their own. Without known files only labels and titles that need no files can decide, and the evidence says so.
 */
export function classifyCategory(input: CategoryInput, rules: RuleSet = SHIPPED_RULES): CategoryVerdict {
  const paths =
    input.files?.map((file) =>
      typeof file === "string"
        ? { path: file, from: undefined, kinds: kindsOfPath(file, rules) }
        : { path: file.path, from: file.from, kinds: kindsOfPath(file.path, rules) },
    ) ?? null;
  const known = paths ?? [];
  const found =
    bySensitivePath(known, rules) ??
    byLabel(input.labels ?? [], input.taskType ?? null, rules) ??
    byOwnPaths(known, rules) ??
    byPaths(known) ??
    byTitle(input.title, paths, rules);
  if (found !== null) return found;
  const text =
    paths === null
      ? "The changed files are not known, and neither a label nor the title decides."
      : "No sensitive path, no label, not all documentation or tests, and no title type that decides.";
  return verdict("unclassified", "default", text, input.title, "title");
}
