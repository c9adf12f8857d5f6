import { createHash } from "node:crypto";
import type { CdEvent } from "./schema";

const LONGEST_ID = 200;

/** What an event is about, and where its repository and commit are said: `pkg:github/acme/api@<sha>`, or `vcs_url` of another package. */
interface Code {
  repository: string | undefined;
  sha: string | undefined;
}

const SHA = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

/** The last two parts of an address or a path. */
function repositoryIn(text: string): string | undefined {
  const [, owner, name] = /([^/:@\s]+)\/([^/:@\s]+?)(?:\.git)?\/?$/.exec(text) ?? [];
  return owner === undefined || name === undefined ? undefined : `${owner}/${name}`;
}

/** What a package URL says of code: those of git forges by themselves, others by the address that they were built from. */
function codeOfPackage(purl: string | undefined): Code {
  const [, type, path = "", query = ""] = /^pkg:([\w.+-]+)\/([^?#]+)(?:\?([^#]*))?/.exec(purl ?? "") ?? [];
  const [name = "", version = ""] = path.split("@");
  if (type !== undefined && ["github", "gitlab", "bitbucket"].includes(type)) {
    const sha = decodeURIComponent(version);
    return { repository: repositoryIn(decodeURIComponent(name)), sha: SHA.test(sha) ? sha : undefined };
  }
  const [, address = "", commit] =
    /^(.+?)(?:@([0-9a-f]+))?$/.exec(new URLSearchParams(query).get("vcs_url") ?? "") ?? [];
  return { repository: repositoryIn(address), sha: commit !== undefined && SHA.test(commit) ? commit : undefined };
}

function codeOf({ customData, subject }: CdEvent): Code {
  const ofPackage = codeOfPackage(subject.content.artifactId);
  const said = customData?.repository ?? subject.content.repository?.id;
  return {
    repository: (said === undefined ? undefined : repositoryIn(said)) ?? ofPackage.repository,
    sha: customData?.sha ?? ofPackage.sha,
  };
}

const SEVERITY: Readonly<Record<string, string>> = { critical: "sev1", high: "sev2", medium: "sev3", low: "sev4" };
const OUTCOME: Readonly<Record<string, string>> = {
  success: "success",
  failure: "failure",
  error: "failure",
  cancel: "cancelled",
  skip: "skipped",
};

/** Where of a CDEvent the fields of ours come from: a refusal of them is pointed at there. */
const POINTERS: Readonly<Record<string, string>> = {
  at: "/context/timestamp",
  repository: "/customData/repository",
  sha: "/customData/sha",
  mergeSha: "/customData/sha",
  environment: "/subject/content/environment",
  conclusion: "/subject/content/outcome",
  check: "/subject/content/pipelineName",
  number: "/customData/pullRequest",
  title: "/customData/title",
  author: "/customData/author",
  severity: "/customData/severity",
  service: "/subject/content/service",
};

/** Where in a CDEvent a field stands that one of ours was made of. @param pointer of ours, such as `/sha` */
export function pointerInCdEvent(pointer: string): string {
  const [, field = ""] = pointer.split("/");
  return POINTERS[field] ?? "";
}

/** The sender's own name of an event: ids of CDEvents are those of their source. */
function idOf({ context: { id, source } }: CdEvent): string {
  const whole = `${source} ${id}`;
  return whole.length <= LONGEST_ID ? whole : createHash("sha256").update(whole).digest("hex");
}

/**
 * What a CDEvent tells as `POST /api/v1/events` takes it, to be checked there; null for what no figure needs. Of
 * `dev.cdevents.service.deployed.0.2.0` subject and predicate count, whatever the version.
 */
export function mapCdEvent(event: CdEvent): Record<string, unknown> | null {
  const { context, customData, subject } = event;
  const [, , about = "", what = ""] = context.type.split(".");
  const { repository, sha } = codeOf(event);
  const { environment, outcome, pipelineName, service } = subject.content;
  const base = { id: idOf(event), at: context.timestamp };
  switch (`${about}.${what}`) {
    case "change.merged":
      return {
        ...base,
        kind: "pull_request",
        state: "merged",
        repository,
        number: customData?.pullRequest ?? (/^\d{1,9}$/.test(subject.id) ? Number(subject.id) : undefined),
        title: customData?.title,
        author: customData?.author,
        mergeSha: sha,
        ...(customData?.branch !== undefined && { branch: customData.branch }),
        ...(customData?.base !== undefined && { base: customData.base }),
      };
    case "pipelinerun.finished":
    case "pipelineRun.finished":
      return {
        ...base,
        kind: "ci_run",
        repository,
        sha,
        check: pipelineName ?? subject.id,
        conclusion: OUTCOME[outcome ?? ""] ?? outcome,
        pullRequest: customData?.pullRequest ?? null,
        seconds: customData?.seconds === undefined ? null : Math.round(customData.seconds),
      };
    case "service.deployed":
    case "service.upgraded":
    case "service.rolledback":
      return {
        ...base,
        kind: what === "rolledback" ? "rollback" : "deployment",
        repository,
        service: subject.id,
        environment: environment?.id,
        sha,
        pullRequests: customData?.pullRequests ?? [],
      };
    case "incident.detected":
    case "incident.reported":
      return {
        ...base,
        kind: "incident",
        state: "opened",
        incident: subject.id,
        repository,
        title: subject.content.description || subject.id,
        severity: SEVERITY[customData?.severity?.toLowerCase() ?? "medium"] ?? customData?.severity,
        service: service?.id ?? subject.id,
        pullRequest: customData?.pullRequest ?? null,
      };
    case "incident.resolved":
      return { ...base, kind: "incident", state: "resolved", incident: subject.id, repository };
    default:
      return null;
  }
}
