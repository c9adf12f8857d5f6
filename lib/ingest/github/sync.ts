import { AppError, errorMessage } from "@/lib/core/errors";
import { withTransaction } from "@/lib/db/transaction";
import { type Connection, getConnection } from "@/lib/settings/github/connections";
import type { Budget, GitHubClient } from "@/lib/sources/github-api/client";
import { fetchDirectory, fetchInstallationRepositories } from "@/lib/sources/github-api/directory";
import { GitHubFailure } from "@/lib/sources/github-api/failure";
import { countAtGitHub, isCountingDue, postponeCounting, walkWhatIsMissing } from "./compare-totals";
import { askForList, markBroken, markListed, waitUntil, wasListedSince } from "./connection-state";
import { type Reaction, reactTo } from "./failure-policy";
import { readPage } from "./read-page";
import { readPullRequest } from "./read-pull-request";
import { areTeamsDue, linkPeople, postponeTeams, readTeams } from "./read-teams";
import { nextRefetch, nextRefetchDue, postponeRefetch } from "./refetches";
import { rescanMatured } from "./rescan";
import { ensureSyncStates, nextDue, nextStates, postpone, readFurtherBack, type SyncState } from "./sync-states";
import { takeRepositories } from "./take-repositories";
import { BEGINNING } from "./walk";

export interface SyncHooks {
  client: GitHubClient;
  now: () => Date;
  sleep: (ms: number) => Promise<void>;
  /** Called after every answer, with what was asked. */
  onStep?: (what: { repo: string | null; entity: string; items: number }) => void;
  signal?: AbortSignal;
}

/** What is due within this time is waited for; later things are left to the next run. */
const PATIENCE_MS = 60_000;
const LIST_AGAIN_MS = 10 * 60_000;
/** The last part of a limit is left to whoever else uses the credential, and is never less than two pages take. */
const RESERVE = 0.05;
const LEAST_RESERVE = 10;
const DAY_MS = 24 * 3_600_000;
const COUNT_AGAIN_MS = 10 * 60_000;
const TEAMS_AGAIN_MS = 60_000;

/**
 * Reads from GitHub all that is due of one connection, one request after the other as GitHub asks for, each kind of
 * thing once, until nothing is due soon. Every page is kept in one transaction with the place reached, so it may be killed at any moment.
 * @returns how many requests were answered
 * @throws {AppError} `not_found` when there is no such connection
 */
export async function syncConnection(connectionId: number, hooks: SyncHooks): Promise<{ answers: number }> {
  let answers = 0;
  const startedAt = hooks.now();
  await rescanMatured(connectionId, startedAt);
  let listAttempts = 0;
  const run: Run = { queue: [], refusals: 0 };
  for (;;) {
    hooks.signal?.throwIfAborted();
    const connection = await getConnection(connectionId);
    if (connection.state !== "active") return { answers };
    const now = hooks.now();
    const wait = (connection.waitUntil?.getTime() ?? 0) - now.getTime();
    if (wait > 0) {
      await hooks.sleep(wait);
      continue;
    }
    const isListed = await wasListedSince(connectionId, new Date(now.getTime() - LIST_AGAIN_MS));
    const turn = new Turn(connection, hooks, now, run);
    const outcome = isListed ? await turn.read(startedAt) : await turn.list(listAttempts);
    if (outcome === "answered") answers += 1;
    if (!isListed) listAttempts = outcome === "answered" ? 0 : listAttempts + 1;
    if (outcome !== "nothing") continue;
    await walkWhatIsMissing(connectionId, now);
    await linkPeople(connection.orgId, now);
    const due = await earliestDue(connectionId, startedAt);
    const pause = due === null ? Number.POSITIVE_INFINITY : due.getTime() - now.getTime();
    if (pause > PATIENCE_MS) return { answers };
    await hooks.sleep(Math.max(1, pause));
  }
}

async function earliestDue(connectionId: number, since: Date): Promise<Date | null> {
  const due = [await nextDue(connectionId, since), await nextRefetchDue(connectionId)].filter((at) => at !== null);
  return due.length === 0 ? null : new Date(Math.min(...due.map((at) => at.getTime())));
}

/** What one request of a run leaves to the next. */
interface Run {
  /** What was looked up to be read next. */
  queue: SyncState[];
  /** Answers in a row that refused the credential. */
  refusals: number;
}

/** One request of a connection, and what follows from its answer or from there being none. */
class Turn {
  constructor(
    private readonly connection: Connection,
    private readonly hooks: SyncHooks,
    private readonly now: Date,
    private readonly run: Run,
  ) {}

  /** Reads which repositories there are. @param attempts that failed before this one, in a row */
  list(attempts: number): Promise<"answered" | "failed"> {
    return this.attempt(
      () => this.takeList(),
      (reaction) => waitUntil(this.connection.id, this.after(Math.max(1000, reaction.waitMs))),
      { attempts, pageSize: 1 },
    );
  }

  /** Reads what is due next. @param startedAt when the run began */
  async read(startedAt: Date): Promise<"answered" | "failed" | "nothing"> {
    const { connection, hooks, now } = this;
    if (await isCountingDue(connection.id, now)) {
      return this.attempt(
        () => countAtGitHub(hooks.client, connection.id, now),
        (reaction) => postponeCounting(connection.id, this.after(Math.max(COUNT_AGAIN_MS, reaction.waitMs))),
        { attempts: 0, pageSize: 1 },
      );
    }
    if (await areTeamsDue(connection, now)) {
      return this.attempt(
        async () => {
          const budget = await readTeams(hooks.client, connection, now);
          hooks.onStep?.({ repo: null, entity: "teams", items: 1 });
          return budget;
        },
        ({ waitMs }, error) => postponeTeams(connection.id, error, this.after(Math.max(TEAMS_AGAIN_MS, waitMs))),
        { attempts: 0, pageSize: 1 },
      );
    }
    const refetch = await nextRefetch(connection.id, now);
    if (refetch !== null) {
      return this.attempt(
        async () => {
          const budget = await readPullRequest(hooks.client, refetch);
          hooks.onStep?.({ repo: refetch.repo, entity: "pull_request", items: 1 });
          return budget;
        },
        (reaction, error) => postponeRefetch(refetch, error, this.after(Math.max(1000, reaction.waitMs))),
        { attempts: refetch.attempts, pageSize: 1 },
      );
    }
    if (this.run.queue.length === 0) this.run.queue.push(...(await nextStates(connection.id, now, startedAt)));
    const state = this.run.queue.shift();
    if (state === undefined) return "nothing";
    return this.attempt(
      async () => {
        const step = await readPage(state, { client: hooks.client, now, depth: this.depth() });
        hooks.onStep?.({ repo: state.repo, entity: state.entity, items: step.items });
        return step.budget;
      },
      ({ counts, pageSize, restart, state: to, waitMs }, error) =>
        postpone(state, { state: to, error, pageSize, restart, counts, nextTryAt: this.after(waitMs) }, now),
      state,
    );
  }

  /** From when on history is wanted. */
  private depth(): Date {
    const { depthDays } = this.connection;
    return depthDays === null ? BEGINNING : new Date(this.now.getTime() - depthDays * DAY_MS);
  }

  private after(ms: number): Date {
    return new Date(this.now.getTime() + ms);
  }

  private async attempt(
    work: () => Promise<Budget | null>,
    postponed: (reaction: Reaction, error: string) => Promise<void>,
    { attempts, pageSize }: { attempts: number; pageSize: number },
  ): Promise<"answered" | "failed"> {
    const { connection, now, run } = this;
    try {
      const budget = await work();
      run.refusals = 0;
      if (budget !== null && budget.remaining < Math.max(LEAST_RESERVE, budget.limit * RESERVE))
        await waitUntil(connection.id, budget.resetAt);
      return "answered";
    } catch (error) {
      if (!(error instanceof GitHubFailure) && !(error instanceof AppError)) throw error;
      const reason = error instanceof GitHubFailure ? error.reason : ({ kind: "refused" } as const);
      const isRefused = reason.kind === "unauthorized";
      const reaction = reactTo(reason, { attempts: isRefused ? run.refusals : attempts, now, pageSize });
      run.refusals = isRefused ? run.refusals + 1 : 0;
      const message = errorMessage(error);
      if (reaction.broken) await markBroken(connection.id, message);
      else if (reaction.everyone) await waitUntil(connection.id, this.after(reaction.waitMs));
      if (reaction.lookUp) await askForList(connection.id);
      await postponed(reaction, message);
      return "failed";
    }
  }

  /** New repositories, new names, and those that are gone. */
  private async takeList(): Promise<Budget | null> {
    const { connection, hooks, now } = this;
    const { budget, repositories } = await (connection.installationId === null
      ? fetchDirectory(hooks.client, connection.account)
      : fetchInstallationRepositories(hooks.client));
    // Names, and what is read at all, may be others now.
    this.run.queue.length = 0;
    await withTransaction(async (client) => {
      await takeRepositories(client, connection, repositories);
      await ensureSyncStates(client, connection.id, now);
      await readFurtherBack(client, connection.id, this.depth(), now);
      await markListed(client, connection.id, now);
    });
    hooks.onStep?.({ repo: null, entity: "repositories", items: repositories.length });
    return budget;
  }
}
