import type { FleetEvent, PayloadOf } from "@/lib/events/schema";
import { pullRequestSubject } from "@/lib/events/schema";
import { CODE_REVIEWERS } from "@/prisma/seed/agents";
import { DigestSequence } from "@/prisma/seed/digest";
import { personActor } from "@/prisma/seed/people";
import { type Random, randomStream } from "@/prisma/seed/random";
import { type Company, type CompanyRepository, END, OWNER } from "./company";
import { envelopes, type MakeEnvelope } from "./envelope";
import { spread } from "./size";
import { wordingOf } from "./wording";
import type { Work } from "./work";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const REVIEW_STATES = { approved: 0.5, commented: 0.32, changes_requested: 0.18 } as const;
const PROGRAM_REVIEWS = 0.1;
const CHECKS = ["build", "test", "lint", "e2e"] as const;
const CONCLUSIONS = { success: 0.86, failure: 0.09, cancelled: 0.02, timed_out: 0.01, skipped: 0.02 } as const;
const INCIDENT_SEVERITIES = { sev1: 0.04, sev2: 0.18, sev3: 0.48, sev4: 0.3 } as const;
const DEFECT_SEVERITIES = { critical: 0.03, high: 0.17, medium: 0.48, low: 0.32 } as const;
const SECURITY_DEFECTS = 0.03;
const DEFECT_WITH_CAUSE = 0.78;
const INCIDENT_WITH_CAUSE = 0.6;
const FAILED_DEPLOYMENTS = 0.03;
const RESOLVED_INCIDENTS = 0.97;

/** Where activity goes on after what was made before. */
export interface LaterActivity {
  /** Makes ids differ from all before; any text that was not used yet. */
  label: string;
  /** Nothing happens after this instant. */
  until: number;
}

interface Frame extends LaterActivity {
  repository: CompanyRepository;
  work: readonly Work[];
  random: Random;
  digests: DigestSequence;
  envelope: MakeEnvelope;
}

/** One number for each time something happens: some pull requests get more than others, the sum is exact. */
function* eachOf(frame: Frame, total: number): Generator<{ one: Work; index: number }> {
  const counts = spread(
    total,
    frame.work.map(() => frame.random.between(0.2, 1.8)),
  );
  for (const [position, one] of frame.work.entries()) {
    for (let index = 0; index < (counts[position] ?? 0); index += 1) yield { one, index };
  }
}

const before = (one: Work, random: Random, hours: number): number =>
  one.at - Math.floor(random.between(0.05, hours) * 3600) * 1000;
const after = ({ random, until }: Frame, at: number, medianMs: number): number =>
  Math.min(until - 1000, at + Math.round(random.lognormal(medianMs, 1) / 1000) * 1000);

function* closedPullRequests({ repository, work, random, envelope }: Frame): Generator<FleetEvent> {
  for (const one of work) {
    if (one.outcome !== "closed") continue;
    const { author, headRef, title } = wordingOf(one, null, repository.name, random);
    const subject = pullRequestSubject(repository.name, one.number);
    yield {
      ...envelope(`pull_request:${one.number}:opened`, before(one, random, 90), subject, author),
      kind: "pull_request.opened",
      payload: { number: one.number, title, author, headRef, isDraft: false },
    };
    yield {
      ...envelope(`pull_request:${one.number}:closed`, one.at, subject, personActor(one.person)),
      kind: "pull_request.closed",
      payload: { number: one.number, title, author },
    };
  }
}

function* reviews(frame: Frame): Generator<FleetEvent> {
  const { repository, random, envelope } = frame;
  for (const { one, index } of eachOf(frame, repository.counts.reviews)) {
    const program = random.chance(PROGRAM_REVIEWS);
    const reviewer = program ? random.pick(CODE_REVIEWERS) : personActor(random.pick(repository.team.people));
    const state: PayloadOf<"review.submitted">["state"] = program ? "commented" : random.weighted(REVIEW_STATES);
    yield {
      ...envelope(
        `pull_request:${one.number}:review:${index + 1}`,
        before(one, random, 40),
        pullRequestSubject(repository.name, one.number),
        reviewer,
      ),
      kind: "review.submitted",
      payload: { number: one.number, reviewer, state, comments: random.int(state === "approved" ? 0 : 1, 4) },
    };
  }
}

function* ciRuns(frame: Frame): Generator<FleetEvent> {
  const { repository, random, envelope, digests } = frame;
  let headSha = digests.next("commit");
  for (const { one, index } of eachOf(frame, repository.counts.ciRuns)) {
    if (index === 0) headSha = digests.next("commit");
    const check = random.pick(CHECKS);
    yield {
      ...envelope(
        `pull_request:${one.number}:ci:${index + 1}`,
        before(one, random, 24),
        pullRequestSubject(repository.name, one.number),
      ),
      kind: "ci_run.finished",
      payload: {
        number: one.number,
        headSha,
        check,
        conclusion: random.weighted(CONCLUSIONS),
        seconds: Math.round(Math.min(3600, random.lognormal(check === "lint" ? 70 : 380, 0.6))),
      },
    };
  }
}

/** Each deployment ships one or more merged pull requests; the planned share of them brings an older version back. */
function* deployments(frame: Frame): Generator<FleetEvent> {
  const { repository, work, random, envelope, digests, label } = frame;
  const { deployments: total, rollbackDeployments } = repository.counts;
  const shipped = work.filter((one) => one.outcome === "merged");
  const perDeployment = shipped.length / Math.max(1, total);
  const back = spread(
    rollbackDeployments,
    Array.from({ length: total }, () => random.next()),
  );
  for (let index = 0; index < total; index += 1) {
    const batch = shipped.slice(Math.floor(index * perDeployment), Math.floor((index + 1) * perDeployment));
    const last = batch.at(-1) ?? shipped.at(Math.floor(index * perDeployment)) ?? work.at(-1);
    if (last === undefined) return;
    const rollback = back[index] === 1;
    yield {
      ...envelope(
        `deployment:${label}${index + 1}`,
        after(frame, last.at, 40 * MINUTE_MS),
        `deployment:${repository.name}/${label}${index + 1}`,
      ),
      kind: "deployment.finished",
      payload: {
        service: repository.name,
        environment: "production",
        sha: digests.next("commit"),
        status: !rollback && random.chance(FAILED_DEPLOYMENTS) ? "failure" : "success",
        deploymentKind: rollback ? "rollback" : last.kind === "revert" ? "hotfix" : "change",
        numbers: rollback ? [] : batch.map(({ number }) => number),
      },
    };
  }
}

function* incidents(frame: Frame): Generator<FleetEvent> {
  const { repository, random, envelope, label } = frame;
  let count = 0;
  for (const { one } of eachOf(frame, repository.counts.incidents)) {
    count += 1;
    const incident = `INC-${repository.name}-${label}${count}`;
    const openedAt = after(frame, one.at, 3 * HOUR_MS);
    yield {
      ...envelope(`incident:${incident}:opened`, openedAt, `incident:${incident}`),
      kind: "incident.opened",
      payload: {
        incident,
        title: `Errors in ${repository.name}`,
        severity: random.weighted(INCIDENT_SEVERITIES),
        service: repository.name,
        causedByNumber: random.chance(INCIDENT_WITH_CAUSE) ? one.number : null,
      },
    };
    if (!random.chance(RESOLVED_INCIDENTS)) continue;
    yield {
      ...envelope(`incident:${incident}:resolved`, after(frame, openedAt, 2 * HOUR_MS), `incident:${incident}`),
      kind: "incident.resolved",
      payload: { incident },
    };
  }
}

function* defects(frame: Frame): Generator<FleetEvent> {
  const { repository, random, envelope, label } = frame;
  let count = 0;
  for (const { one } of eachOf(frame, repository.counts.defects)) {
    count += 1;
    const defect = `BUG-${repository.name}-${label}${count}`;
    yield {
      ...envelope(`defect:${defect}:opened`, after(frame, one.at, 6 * DAY_MS), `defect:${defect}`),
      kind: "defect.opened",
      payload: {
        defect,
        title: `${repository.name} shows the wrong total`,
        severity: random.weighted(DEFECT_SEVERITIES),
        security: random.chance(SECURITY_DEFECTS),
        causedByNumber: random.chance(DEFECT_WITH_CAUSE) ? one.number : null,
      },
    };
  }
}

/** Everything around the pull requests of one repository, those that were closed without a merge among them. */
export function* activityEvents(
  company: Company,
  repository: CompanyRepository,
  work: readonly Work[],
  orgId: number,
  later: LaterActivity = { label: "", until: END },
): Generator<FleetEvent> {
  const frame = (part: string): Frame => ({
    ...later,
    repository,
    work,
    random: randomStream(company.size.seed, `${later.label}${part}:${repository.name}`),
    digests: new DigestSequence(`${OWNER}/${repository.name}:${later.label}${part}`),
    envelope: envelopes(orgId, repository.name),
  });
  yield* closedPullRequests(frame("closed"));
  yield* reviews(frame("reviews"));
  yield* ciRuns(frame("ci"));
  yield* deployments(frame("deployments"));
  yield* incidents(frame("incidents"));
  yield* defects(frame("defects"));
}
