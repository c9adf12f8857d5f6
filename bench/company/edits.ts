import { DOMAINS, type DomainKey } from "@/prisma/seed/domains";
import type { Random } from "@/prisma/seed/random";
import { type OrdinaryTask, TASK_SHAPE } from "@/prisma/seed/tasks";
import type { Edit } from "@/prisma/seed/worktree";

const ROLES = ["store", "handler", "mapper", "policy", "client", "view"] as const;
const MAX_LINES = 4_000;

export const LOCK_FILE = "package-lock.json";

const fileName = (words: string): string => words.replaceAll(" ", "-");

function source(domain: DomainKey, random: Random): string {
  const { modules, things } = DOMAINS[domain];
  return `src/${random.pick(modules)}/${fileName(random.pick(things))}-${random.pick(ROLES)}.ts`;
}

const test = (domain: DomainKey, random: Random): string => source(domain, random).replace(/\.ts$/, ".test.ts");
const page = (domain: DomainKey, random: Random): string => `docs/${fileName(random.pick(DOMAINS[domain].things))}.md`;

/** Two or three paths that look like one kind of work: the shipped rules read the category from them and the title. */
function pathsFor(task: OrdinaryTask, domain: DomainKey, random: Random): string[] {
  const third = random.chance(0.4);
  switch (task) {
    case "docs":
      return [page(domain, random), third ? "README.md" : page(domain, random)];
    case "tests":
      return [test(domain, random), test(domain, random)];
    case "fix":
      return [source(domain, random), test(domain, random), ...(third ? ["CHANGELOG.md"] : [])];
    case "security":
      return [`src/auth/${fileName(random.pick(DOMAINS[domain].things))}-guard.ts`, source(domain, random)];
    case "chore":
      return ["package.json", third ? LOCK_FILE : ".github/workflows/ci.yml"];
    default:
      return [source(domain, random), source(domain, random), ...(third ? [test(domain, random)] : [])];
  }
}

/** The edits of one change with the usual number of lines of its kind of work. */
export function editsFor(task: OrdinaryTask, domain: DomainKey, random: Random): Edit[] {
  const shape = TASK_SHAPE[task];
  const paths = [...new Set(pathsFor(task, domain, random))];
  const lines = Math.min(MAX_LINES, Math.max(1, random.lognormal(shape.lines, shape.sigma)));
  return paths.map((path): Edit => {
    const add = Math.max(1, Math.round((lines / paths.length) * random.between(0.5, 1.5)));
    return { path, add, del: Math.round(add * shape.deleted * random.between(0.3, 1.6)) };
  });
}
