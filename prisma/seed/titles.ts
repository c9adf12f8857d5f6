import type { Domain } from "./domains";
import type { Random } from "./random";
import type { TaskKind } from "./tasks";

/** `{n}` a thing, `{N}` its plural, `{m}` another thing; each line is the part after `type(scope): `. */
const TEMPLATES: Record<Exclude<TaskKind, "automation">, { type: string; lines: readonly string[] }> = {
  feature: {
    type: "feat",
    lines: [
      "add filters to the {n} list",
      "show the history of a {n}",
      "let admins edit a {n} in bulk",
      "export {N} as CSV",
      "emit an event when a {n} changes",
      "expose {n} totals in the API",
      "support several currencies per {n}",
      "add an empty state for {N}",
      "link {N} to their {m}",
      "validate {N} before they are saved",
      "page {N} by cursor",
      "explain why a {n} was skipped",
      "accept {N} from the partner feed",
      "keep drafts of a {n}",
      "notify the owner of a stale {n}",
      "group {N} by {m}",
      "add a dry run for {n} changes",
      "preview a {n} before it goes live",
      "archive old {N}",
      "make {n} limits configurable per tenant",
      "search {N} by reference",
      "add a status page for {N}",
    ],
  },
  fix: {
    type: "fix",
    lines: [
      "keep {n} order stable when timestamps tie",
      "do not drop the last {n} of a page",
      "handle an empty {n}",
      "retry {n} fetch on 429",
      "round {n} totals half up",
      "off by one in {n} paging",
      "ignore deleted {N} in counts",
      "show the right {n} after a reload",
      "trim whitespace in {n} names",
      "avoid a second {n} on double click",
      "use UTC for {n} dates",
      "time out slow {n} lookups",
      "keep the {n} when the {m} is missing",
      "do not log the whole {n}",
      "wrong plural in {n} messages",
      "close the {n} reader on error",
      "accept {N} without a {m}",
      "restore focus after closing the {n}",
      "stale {n} after an update",
      "escape {n} names in exports",
    ],
  },
  fix_wide: {
    type: "fix",
    lines: [
      "keep {N} and {N2} consistent after a retry",
      "pass the locale through to every {n}",
      "stop double counting {N} shared with a {m}",
      "recover when a {n} arrives before its {m}",
      "do not lose {N} during a deploy",
      "make {n} updates survive a restart",
      "propagate cancellation to {n} calls",
      "use the same {n} limits everywhere",
      "handle {N} that move between tenants",
      "reject conflicting {n} changes",
    ],
  },
  chore: {
    type: "chore",
    lines: [
      "update the lint config",
      "drop an unused dependency",
      "pin actions to commit ids",
      "bump the base image",
      "tidy the Makefile",
      "remove a finished flag for {N}",
      "move scripts to one folder",
      "add a pre-commit check",
      "regenerate clients",
      "update the code style for imports",
      "clean up CI caches",
      "raise the minimum compiler version",
      "silence a noisy log of {N}",
      "scaffold the {n} package",
      "sort the dependency list",
      "split the slow CI job",
      "delete dead config for {N}",
      "switch the formatter",
    ],
  },
  perf: {
    type: "perf",
    lines: [
      "cache {n} lookups",
      "batch {n} writes",
      "avoid N+1 queries on {N}",
      "read {N} with a covering index",
      "skip unchanged {N}",
      "stream {N} instead of buffering",
      "precompute {n} totals",
      "lazy-load the {n}",
      "halve allocations in the {n} path",
      "compress stored {N}",
      "debounce {n} updates",
      "parallelise the {n} loader",
    ],
  },
  refactor: {
    type: "refactor",
    lines: [
      "extract {n} rules into their own module",
      "split the {n} service from {m} handling",
      "one {n} model for reads and writes",
      "move {n} mapping out of handlers",
      "replace the {n} singleton by injection",
      "share {n} validation across modules",
      "rename {n} concepts consistently",
      "turn {n} callbacks into events",
      "untangle {N} from {N2}",
      "migrate {N} to the new client",
      "make {n} state explicit",
      "port {n} code to the typed store",
    ],
  },
  refactor_local: {
    type: "refactor",
    lines: [
      "simplify the {n} parser",
      "inline a needless {n} wrapper",
      "name the {n} states",
      "split a long {n} function",
      "remove duplication in {n} mapping",
      "use early returns in the {n} path",
      "replace flags by a {n} type",
    ],
  },
  tests: {
    type: "test",
    lines: [
      "cover {n} edge cases",
      "add property tests for {N}",
      "pin {n} rounding",
      "replay a bad {n} from production",
      "test {N} without a {m}",
      "remove sleeps from {n} tests",
      "fixture for large {N}",
      "contract test for the {n} API",
      "cover the error path of {N}",
      "snapshot the {n} export",
      "check {n} paging limits",
      "speed up {n} tests",
    ],
  },
  docs: {
    type: "docs",
    lines: [
      "explain the {n} lifecycle",
      "add a runbook for stuck {N}",
      "describe {n} limits",
      "fix broken links on the {n} page",
      "document {n} error codes",
      "add an example for {N}",
      "clarify when a {n} expires",
      "rewrite the {n} introduction",
      "add a diagram of {n} states",
      "translate the {n} glossary",
      "update screenshots of the {n} page",
      "note the {n} migration steps",
      "describe how to revert a {n}",
    ],
  },
  security: {
    type: "fix",
    lines: [
      "reject expired sign-in links",
      "rotate the signing material earlier",
      "check ownership before changing a {n}",
      "constant-time comparison of signatures",
      "limit attempts on {n} confirmation",
      "require step-up before changing a {n}",
      "bind the link to the device",
      "stop trusting forwarded headers",
      "tighten scopes for {n} access",
      "mask account numbers in {n} logs",
      "verify webhook signatures first",
      "expire idle grants",
    ],
  },
  distributed: {
    type: "feat",
    lines: [
      "make the {n} consumer idempotent",
      "fence stale leaders in {n} scheduling",
      "outbox for {n} events",
      "retry {N} with jitter across regions",
      "partition {N} by tenant",
      "saga for {n} and {m}",
      "exactly-once {n} hand-off",
      "backpressure between {n} workers",
      "quorum reads for {N}",
      "rebalance {n} partitions without a pause",
    ],
  },
};

function plural(noun: string): string {
  if (/(s|sh|ch|x)$/.test(noun)) return `${noun}es`;
  return /[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`;
}

/** Titles are capitalised sentences where a person did not use a conventional prefix. */
function sentence(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

const CHORE_TYPES = { chore: 6, build: 2, ci: 2, style: 0.7 } as const;
const SECURITY_TYPES = { fix: 3, feat: 2, refactor: 0.6 } as const;

/** A title that reads like work on this domain: mostly conventional commits, some plain sentences. */
export function titleOf(task: Exclude<TaskKind, "automation">, domain: Domain, random: Random): string {
  const { type, lines } = TEMPLATES[task];
  const [thing, other] = random.sample(domain.things, 2);
  const subject =
    task === "feature" && random.chance(0.12)
      ? `support ${random.pick(domain.features)}`
      : random
          .pick(lines)
          .replace("{N2}", plural(other ?? "record"))
          .replace("{n}", thing ?? "record")
          .replace("{N}", plural(thing ?? "record"))
          .replace("{m}", other ?? "owner");
  if (random.chance(0.1)) return sentence(subject);
  let prefix: string = type;
  if (task === "chore") prefix = random.weighted(CHORE_TYPES);
  if (task === "security") prefix = random.weighted(SECURITY_TYPES);
  return random.chance(0.72) ? `${prefix}(${random.pick(domain.scopes)}): ${subject}` : `${prefix}: ${subject}`;
}

/** Lower-case words of a title joined by hyphens, for branch names. */
export function slugOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/^[a-z]+(\([^)]*\))?!?: /, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 48)
    .replace(/-$/, "");
}
