import type { TelemetryAgent } from "./agents/agent";
import { type Attributes, digestOf } from "./attributes";
import type { LogRecord, MetricPoint } from "./otlp";

/** What one agent did in one place, as its telemetry names both. */
export interface ToldSession {
  agent: string;
  /** Tells it from others. */
  digest: string;
  /** What the agent calls it; null where it says nothing. */
  name: string | null;
  producer: string;
  provider: string;
  /** Short name or name of a team, as it was told. */
  team: string | null;
  /** `owner/name`, or a name alone. */
  repository: string | null;
  branch: string | null;
  subscription: boolean;
  /** Slug of the organisation, where one is told. */
  organization: string | null;
  /** In small letters; read to find the team, and never kept. */
  email: string | null;
}

const SESSION = ["session.id", "conversation.id", "gen_ai.conversation.id"];
const TEAM = ["team", "team.id"];
const REPOSITORY = ["repository", "repo", "vcs.repository.name", "vcs.repository.url.full"];
const BRANCH = ["branch", "vcs.ref.head.name"];
/** The surest first. An address of mail is none: it could be guessed from its digest. */
const PRODUCER = ["user.account_uuid", "user.account_id", "user.id", "installation.id"];

const PATH = /([\w.-]+)\/([\w.-]+?)(?:\.git)?\/?$/;

/** The name of a repository that is told by its name or an address of git, in which a password may stand. */
function nameOfRepository(told: string): string {
  const [, owner, name] = PATH.exec(told) ?? [];
  return owner === undefined ? told.replace(/^.*@/, "") : `${owner}/${name}`;
}

/** What telemetry belongs to. What stands at a point or record goes before what stands at its resource. */
export function toldSession(
  { attributes, resource }: Pick<MetricPoint | LogRecord, "attributes" | "resource">,
  { agent, provider }: TelemetryAgent,
): ToldSession {
  const first = (of: (from: Attributes) => ReadonlyMap<string, string>, names: readonly string[]): string | null => {
    for (const name of names) {
      const text = of(attributes).get(name) ?? of(resource).get(name);
      if (text !== undefined) return text;
    }
    return null;
  };
  const said = (...names: string[]) => first(({ texts }) => texts, names);
  const name = said(...SESSION);
  const producer = digestOf([first(({ person }) => person, PRODUCER) ?? resource.digest]);
  const repository = said(...REPOSITORY);
  const place = {
    provider: said("provider")?.toLowerCase() ?? provider,
    team: said(...TEAM),
    repository: repository === null ? null : nameOfRepository(repository),
    branch: said(...BRANCH),
    subscription: said("paid_by")?.toLowerCase() === "subscription",
    organization: said("organization"),
  };
  return {
    agent,
    name,
    producer,
    ...place,
    digest: digestOf([name ?? `of ${producer}`, JSON.stringify(place)]),
    email: first(({ person }) => person, ["user.email"])?.toLowerCase() ?? null,
  };
}
