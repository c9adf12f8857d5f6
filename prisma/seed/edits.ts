import type { SampleRepository } from "./company";
import { DOMAINS } from "./domains";
import { type FileTree, pathOf } from "./file-tree";
import type { Random } from "./random";
import { type OrdinaryTask, TASK_SHAPE } from "./tasks";
import type { Edit } from "./worktree";

const MAX_FILES = 8;
const MAX_LINES = 4200;

/** Source files of one or several modules, at least one each. */
function sourcesFrom(tree: FileTree, modules: number, files: number, random: Random): string[] {
  const chosen = random.sample([...tree.source.values()], modules);
  const first = chosen.map((paths) => random.pick(paths));
  const rest = chosen.flat().filter((path) => !first.includes(path));
  return [...first, ...random.sample(rest, files - first.length)];
}

/** A file that is new to the repository: what a feature adds. */
function newFile(repository: SampleRepository, kind: "source" | "test", random: Random): string {
  const domain = DOMAINS[repository.domain];
  const stem = `${random.pick(domain.things)} ${random.pick(NEW_ROLES)}`;
  return pathOf(repository.layout, random.pick(domain.modules), stem, kind);
}
const NEW_ROLES = ["export", "form", "list", "loader", "rules", "report", "schedule", "events", "limits"] as const;

function pathsFor(task: OrdinaryTask, repository: SampleRepository, tree: FileTree, random: Random): string[] {
  const maybeTest = (chance: number): string[] => (random.chance(chance) ? [random.pick(tree.tests)] : []);
  switch (task) {
    case "docs":
      return random.sample(tree.docs, random.int(1, 3));
    case "tests":
      return [
        ...random.sample(tree.tests, random.int(1, 3)),
        ...(random.chance(0.4) ? [newFile(repository, "test", random)] : []),
      ];
    case "fix":
      return [...sourcesFrom(tree, 1, 1, random), ...maybeTest(0.55)];
    case "fix_wide":
      return [...sourcesFrom(tree, random.int(1, 2), random.int(2, 4), random), ...maybeTest(0.5)];
    case "perf":
      return [...sourcesFrom(tree, random.int(1, 2), random.int(1, 3), random), ...maybeTest(0.25)];
    case "refactor":
      return [...sourcesFrom(tree, random.int(2, 4), random.int(3, 6), random), ...maybeTest(0.6)];
    case "refactor_local":
      return [...sourcesFrom(tree, 1, random.int(2, 3), random), ...maybeTest(0.3)];
    case "distributed":
      return [...sourcesFrom(tree, random.int(1, 3), random.int(2, 4), random), ...maybeTest(0.7)];
    case "security":
      return [
        ...random.sample(tree.guarded, random.int(1, 2)),
        ...sourcesFrom(tree, 1, random.int(1, 2), random),
        ...maybeTest(0.6),
      ];
    case "chore": {
      const lock = tree.lockFile !== null && random.chance(0.3) ? [tree.lockFile] : [];
      return [...random.sample(tree.build, random.int(1, 3)), ...lock];
    }
    case "feature":
      return [
        ...sourcesFrom(tree, random.int(1, 3), random.int(1, 4), random),
        ...(random.chance(0.6) ? [newFile(repository, "source", random)] : []),
        ...maybeTest(0.65),
        ...(random.chance(0.15) ? [random.pick(tree.docs)] : []),
        ...(random.chance(0.06) ? [tree.lockFile ?? "README.md"] : []),
      ];
  }
}

/** The edits of one change: files that fit the task, with the task's usual number of lines spread over them. */
export function editsFor(
  task: OrdinaryTask,
  repository: SampleRepository,
  tree: FileTree,
  factor: number,
  random: Random,
): Edit[] {
  const shape = TASK_SHAPE[task];
  const paths = [...new Set(pathsFor(task, repository, tree, random))].slice(0, MAX_FILES);
  const total = Math.min(MAX_LINES, Math.max(1, random.lognormal(shape.lines * factor, shape.sigma)));
  const weights = paths.map(() => random.between(0.2, 1));
  const sum = weights.reduce((left, right) => left + right, 0);
  const edits = paths.map((path, index): Edit => {
    const add = Math.max(1, Math.round((total * (weights[index] ?? 1)) / sum));
    return { path, add, del: Math.round(add * shape.deleted * random.between(0.3, 1.6)) };
  });
  if (task === "refactor" && random.chance(0.12)) {
    const from = random.pick([...tree.source.values()].flat());
    if (!paths.includes(from))
      edits.push({ path: from.replace(/([^/.]+)(\.\w+)$/, "$1-core$2"), from, add: 0, del: 0 });
  }
  if (task === "docs" && random.chance(0.08)) {
    edits.push({ path: `docs/images/figure-${random.int(1, 40)}.png`, add: null, del: null });
  }
  return edits;
}
