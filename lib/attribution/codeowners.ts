import { compilePathPattern } from "./path-pattern";

/** The rule of a CODEOWNERS file that applies to a path. */
interface OwnershipRule {
  /** As written, without owners and comment. */
  pattern: string;
  /** `@user`, `@org/team` or an address; empty: the path has no owner on purpose. */
  owners: readonly string[];
  /** Line in the file, from 1. */
  line: number;
}

/** A parsed CODEOWNERS file. */
export interface Codeowners {
  /** The last rule that matches, as on GitHub; null when none does. `path` has no leading slash. */
  ruleOf(path: string): OwnershipRule | null;
}

// GitHub ignores larger files altogether.
const MAX_CHARACTERS = 3 * 1024 * 1024;

/** Cuts a line at unescaped white space; a `#` that starts a word starts a comment. */
function words(line: string): string[] {
  const found: string[] = [];
  for (const match of line.matchAll(/(?:\\.|[^\s\\])+/g)) {
    const [word] = match;
    if (word.startsWith("#")) break;
    found.push(word);
  }
  return found;
}

const withoutEscapes = (pattern: string): string => pattern.replace(/\\(.)/g, "$1");
interface CompiledRule {
  rule: OwnershipRule;
  index: number;
  regex: RegExp;
}

interface Index {
  /** Root folders and files without wildcards, by their path. */
  anchored: Map<string, CompiledRule>;
  /** All others, last rule first. */
  wild: CompiledRule[];
}

const PLAIN_ANCHORED = /^\/?[^*?]*\/[^*?]*$/;

function indexRules(rules: CompiledRule[]): Index {
  const anchored = new Map<string, CompiledRule>();
  const wild: CompiledRule[] = [];
  for (const compiled of rules) {
    const { pattern } = compiled.rule;
    const rooted = pattern.replace(/\/$/, "").includes("/");
    if (rooted && PLAIN_ANCHORED.test(pattern)) {
      anchored.set(pattern.replace(/^\//, ""), compiled);
    } else {
      wild.push(compiled);
    }
  }
  return { anchored, wild: wild.reverse() };
}

/** The last of the rules without wildcards that names the path or a folder above it. */
function anchoredRule(anchored: Index["anchored"], path: string): CompiledRule | undefined {
  let best = anchored.get(path);
  for (let slash = path.indexOf("/"); slash !== -1; slash = path.indexOf("/", slash + 1)) {
    for (const prefix of [path.slice(0, slash), path.slice(0, slash + 1)]) {
      const found = anchored.get(prefix);
      if (found !== undefined && (best === undefined || found.index > best.index)) best = found;
    }
  }
  return best;
}

/**
 * Parses a CODEOWNERS file with GitHub's semantics: the last matching line wins; patterns as in .gitignore but for
 * `!`, `[ ]` and `\#`, whose lines GitHub skips; `\ ` is a space; a line without owners takes ownership away.
 */
export function parseCodeowners(text: string): Codeowners {
  const compiled: CompiledRule[] = [];
  const lines = text.length > MAX_CHARACTERS ? [] : text.split(/\r?\n/);
  for (const [number, line] of lines.entries()) {
    const [raw, ...owners] = words(line);
    if (raw === undefined || raw.startsWith("!") || raw.startsWith("\\#") || /[[\]]/.test(raw)) continue;
    const pattern = withoutEscapes(raw);
    if (pattern === "/") continue;
    const rule = { pattern, owners, line: number + 1 };
    compiled.push({ rule, index: compiled.length, regex: compilePathPattern(pattern) });
  }
  const { anchored, wild } = indexRules(compiled);
  return {
    ruleOf(path) {
      const best = anchoredRule(anchored, path);
      for (const candidate of wild) {
        if (best !== undefined && candidate.index < best.index) break;
        if (candidate.regex.test(path)) return candidate.rule;
      }
      return best?.rule ?? null;
    },
  };
}
