import { createHash } from "node:crypto";
import type { Actor, FleetEvent, PayloadOf } from "@/lib/events/schema";
import { pullRequestSubject } from "@/lib/events/schema";

const REPO = "app";
const sha = (text: string): string => createHash("sha1").update(text).digest("hex");

export const person = (login: string): Actor => ({ type: "user", id: null, login, name: login, email: null });
export const BOT: Actor = { type: "bot", id: "27347476", login: "dependabot[bot]", name: null, email: null };
export const CLAUDE: Actor = { type: "bot", id: "209825114", login: "claude[bot]", name: "claude[bot]", email: null };

type Kind = FleetEvent["kind"];

/** Writes the events of everything around pull requests, of one organisation and its repository `app`. */
export class ActivityFactory {
  constructor(private readonly orgId: number) {}

  private event<K extends Kind>(
    kind: K,
    id: string,
    at: string,
    payload: PayloadOf<K>,
    { repo = REPO, subject = `${kind}:${id}` }: { repo?: string | null; subject?: string } = {},
  ): FleetEvent {
    const base = { id: `test:${id}`, orgId: this.orgId, source: "test", repo, occurredAt: at, actor: null };
    return { ...base, subject, kind, payload } as FleetEvent;
  }

  private about(number: number) {
    return { subject: pullRequestSubject(REPO, number) };
  }

  opened(number: number, at: string, { author = person("ada"), headRef = "topic" as string | null, id = "" } = {}) {
    const payload = { number, title: `Change ${number}`, author, headRef, isDraft: false };
    return this.event("pull_request.opened", `pr:${number}:opened${id}`, at, payload, this.about(number));
  }

  ready(number: number, at: string) {
    return this.event("pull_request.ready", `pr:${number}:ready:${at}`, at, { number }, this.about(number));
  }

  autoMerge(number: number, at: string, enabled: boolean, id = "") {
    const payload = { number, enabled };
    return this.event("pull_request.auto_merge", `pr:${number}:auto:${at}${id}`, at, payload, this.about(number));
  }

  queued(number: number, at: string, added: boolean) {
    const payload = { number, added };
    return this.event("pull_request.queued", `pr:${number}:queued:${at}:${added}`, at, payload, this.about(number));
  }

  closed(number: number, at: string, { title = `fix: change ${number}`, id = "" } = {}) {
    const payload = { number, title, author: null };
    return this.event("pull_request.closed", `pr:${number}:closed${id}`, at, payload, this.about(number));
  }

  commit(number: number, position: number, at: string, message = "wip") {
    const signature = { name: "Ada", email: "ada@example.com", at };
    const payload = {
      number,
      sha: sha(`${number} ${position}`),
      position,
      author: signature,
      committer: signature,
      message,
      isMerge: false,
      additions: 3,
      deletions: 1,
    };
    return this.event("pull_request.commit", `pr:${number}:commit:${position}`, at, payload, this.about(number));
  }

  merged(number: number, at: string) {
    const mergeSha = sha(`merge ${number}`);
    const payload: PayloadOf<"pull_request.merged"> = {
      number,
      title: `Change ${number}`,
      body: null,
      author: person("ada"),
      headRef: null,
      headSha: null,
      baseRef: "main",
      labels: [],
      taskType: null,
      mergeKind: "squash",
      mergedAt: at,
      mergeSha,
      landedShas: [mergeSha],
      mergedBy: null,
      url: null,
    };
    return this.event("pull_request.merged", `pr:${number}:merged`, at, payload, this.about(number));
  }

  review(number: number, id: string, at: string, reviewer: Actor = person("grace"), repo: string | null = REPO) {
    const payload = { number, reviewer, state: "approved" as const, comments: 2 };
    return this.event("review.submitted", `review:${id}`, at, payload, { ...this.about(number), repo });
  }

  ciRun(id: string, at: string, number: number | null = 1) {
    const payload = { number, headSha: sha(id), check: "build", conclusion: "timed_out" as const, seconds: 61 };
    return this.event("ci_run.finished", `ci:${id}`, at, payload);
  }

  deployment(id: string, at: string, numbers: number[] = [], repo: string | null = REPO) {
    const payload = {
      service: "api",
      environment: "production",
      sha: sha(id),
      status: "success" as const,
      deploymentKind: "hotfix" as const,
      numbers,
    };
    return this.event("deployment.finished", `deployment:${id}`, at, payload, { repo });
  }

  incidentOpened(
    incident: string,
    at: string,
    { id = "", severity = "sev2" as const, causedBy = 1 as number | null } = {},
  ) {
    const payload = { incident, title: "Down", severity, service: "api", causedByNumber: causedBy };
    return this.event("incident.opened", `incident:${incident}:opened${id}`, at, payload);
  }

  incidentResolved(incident: string, at: string, { id = "" } = {}) {
    return this.event("incident.resolved", `incident:${incident}:resolved${id}`, at, { incident }, { repo: null });
  }

  defect(id: string, at: string, causedByNumber: number | null = null) {
    const payload = { defect: id, title: "Wrong total", severity: "high" as const, security: true, causedByNumber };
    return this.event("defect.opened", `defect:${id}`, at, payload, { repo: causedByNumber === null ? null : REPO });
  }

  cost(
    id: string,
    at: string,
    amountMinor: string,
    {
      agent = "claude_code" as string | null,
      team = "payments" as string | null,
      item = "api" as PayloadOf<"cost.incurred">["item"],
      currency = "USD",
      provider = "anthropic",
      basis = undefined as PayloadOf<"cost.incurred">["basis"],
    } = {},
  ) {
    const payload = {
      provider,
      agent,
      team,
      item,
      amountMinor,
      currency,
      ...(basis !== undefined && { basis }),
    };
    return this.event("cost.incurred", `cost:${id}`, at, payload, { repo: null });
  }
}
