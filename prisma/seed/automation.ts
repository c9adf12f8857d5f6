import { ACTIONS, DEPENDABOT, RENOVATE } from "./agents";
import { dayOf, instantOf, isHoliday, iso, LAST_DAY, weekdayOf } from "./calendar";
import type { OrdinaryChange } from "./changes";
import type { SampleRepository } from "./company";
import type { FileTree } from "./file-tree";
import { crewOf, drawPerson } from "./people";
import type { Random } from "./random";

/** Dependency and release programs: neither people nor agents, kept apart by the product. */

const DEPENDENCIES: Record<SampleRepository["layout"], readonly string[]> = {
  typescript: ["zod", "react", "vite", "undici", "typescript", "eslint"],
  docs: ["remark", "shiki", "sharp"],
  go: ["golang.org/x/net", "google.golang.org/grpc", "go.uber.org/zap", "github.com/jackc/pgx/v5"],
  python: ["pydantic", "httpx", "pandas", "sqlalchemy", "ruff"],
  kotlin: ["ktor", "kotlinx-coroutines", "jackson", "junit"],
  swift: ["swift-collections", "swift-log"],
  terraform: ["hashicorp/aws", "hashicorp/kubernetes"],
  sql: ["dbt-utils", "dbt-expectations"],
};

const ECOSYSTEM: Record<SampleRepository["layout"], string> = {
  typescript: "npm_and_yarn",
  docs: "npm_and_yarn",
  go: "go_modules",
  python: "pip",
  kotlin: "gradle",
  swift: "swift",
  terraform: "terraform",
  sql: "pip",
};

// From here on the TypeScript repositories get their updates from Renovate, the others stay with Dependabot.
const RENOVATE_FROM = dayOf("2026-02-23");
const FIRST_HOUR = 6 * 3600;

function automated(
  repository: SampleRepository,
  author: OrdinaryChange["credit"]["author"],
  openedAt: number,
  endedAt: number,
  fields: Pick<OrdinaryChange, "title" | "body" | "headRef" | "labels" | "edits" | "outcome">,
  random: Random,
): OrdinaryChange {
  const person = drawPerson(crewOf(repository, openedAt), random);
  return {
    kind: "ordinary",
    openedAt,
    readyAt: null,
    endedAt,
    credit: { authorship: "automation", tool: null, marks: null, person, author },
    direct: false,
    task: "automation",
    suggestion: false,
    ...fields,
  };
}

function dependencyUpdate(repository: SampleRepository, tree: FileTree, day: number, random: Random): OrdinaryChange {
  const name = random.pick(DEPENDENCIES[repository.layout]);
  const major = random.int(1, 9);
  const minor = random.int(0, 20);
  const from = `${major}.${minor}.${random.int(0, 9)}`;
  const to = `${major}.${minor + 1}.0`;
  const renovate = day >= RENOVATE_FROM && repository.layout === "typescript";
  const openedAt = instantOf(day, FIRST_HOUR + random.int(0, 1800));
  const waits = Math.min(14 * 86_400, random.lognormal(9 * 3600, 1.1));
  const manifest = tree.build[0] ?? "package.json";
  return automated(
    repository,
    renovate ? RENOVATE : DEPENDABOT,
    openedAt,
    openedAt + Math.round(waits) * 1000,
    {
      title: renovate
        ? `chore(deps): update dependency ${name} to v${to}`
        : `chore(deps): bump ${name} from ${from} to ${to}`,
      body: `Bumps ${name} from ${from} to ${to}.`,
      headRef: renovate
        ? `renovate/${name.replaceAll("/", "-")}-${major}.x`
        : `dependabot/${ECOSYSTEM[repository.layout]}/${name}-${to}`,
      labels: ["dependencies"],
      edits: [
        { path: manifest, add: 1, del: 1 },
        ...(tree.lockFile === null ? [] : [{ path: tree.lockFile, add: random.int(4, 160), del: random.int(3, 140) }]),
      ],
      outcome: random.chance(0.14) ? "closed" : "merged",
    },
    random,
  );
}

function release(repository: SampleRepository, day: number, count: number, random: Random): OrdinaryChange {
  const openedAt = instantOf(day, FIRST_HOUR * 2 + random.int(0, 3600));
  const version = `${1 + Math.floor(count / 12)}.${count % 12}.0`;
  return automated(
    repository,
    ACTIONS,
    openedAt,
    openedAt + random.int(900, 20_000) * 1000,
    {
      title: `chore(release): v${version}`,
      body: `Release of ${iso(openedAt).slice(0, 10)}.`,
      headRef: `release/v${version}`,
      labels: ["autorelease: pending"],
      edits: [{ path: "CHANGELOG.md", add: random.int(6, 40), del: 0 }],
      outcome: "merged",
    },
    random,
  );
}

/** Dependency updates on Monday mornings and a release every fourth Tuesday, while the repository is alive. */
export function planAutomation(repository: SampleRepository, tree: FileTree, random: Random): OrdinaryChange[] {
  const changes: OrdinaryChange[] = [];
  const lastDay = Math.min(repository.lastDay ?? LAST_DAY, LAST_DAY);
  const perWeek = 0.2 + repository.weight * 0.085;
  let releases = 0;
  for (let day = repository.firstDay + 5; day <= lastDay; day += 1) {
    if (weekdayOf(day) === 1) {
      const updates = random.poisson(perWeek);
      for (let count = 0; count < updates; count += 1) changes.push(dependencyUpdate(repository, tree, day, random));
    }
    if (repository.weight > 2 && weekdayOf(day) === 2 && day % 28 < 7 && !isHoliday(day)) {
      changes.push(release(repository, day, releases, random));
      releases += 1;
    }
  }
  return changes;
}
