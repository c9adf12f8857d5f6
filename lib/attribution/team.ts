import type { ChangedFile } from "@/lib/events/schema";
import type { Codeowners } from "./codeowners";
import type { Delegation } from "./delegation";
import type { Evidence, TeamVerdict } from "./types";

interface TeamInput {
  /** Changed files; null when the source does not know them. */
  files: readonly Pick<ChangedFile, "path">[] | null;
  /** CODEOWNERS as it stood when the pull request landed; null without one. */
  codeowners: Codeowners | null;
  /** Slug of the team that owns the repository; null when nobody set one. */
  repositoryOwner: string | null;
  /** The person behind it, and the teams that they were in when it was merged. */
  person?: { delegation: Delegation; teams: readonly MemberTeam[] } | null;
}

/** A team that somebody is in. */
export interface MemberTeam {
  /** Slug. */
  team: string;
  members: number;
}

const TEAM = /^@[^/\s]+\/([^/\s]+)$/;

const says = (rule: string, text: string, more: Partial<Evidence> = {}): Evidence => ({ rule, text, ...more });

function byRepository(owner: string | null, text: string): TeamVerdict {
  return owner === null
    ? { team: null, evidence: says("team:none", `Unassigned: ${text}, and the repository has no owner team.`) }
    : { team: owner, evidence: says("team:repository", `The repository's owner team, since ${text}.`) };
}

interface Share {
  files: number;
  /** As written in CODEOWNERS, and where. */
  handle: string;
  line: number;
  path: string;
}

/**
 * The team of a merged pull request: that of the person behind it when it was merged, else that of the code
 * (metrics.md G5). Someone in several teams counts for the one that owns most of the changed files, else for the smallest,
 * which says most; ties go to the first by name.
 */
export function attributeTeam(input: TeamInput): TeamVerdict {
  const { delegation, teams } = input.person ?? { delegation: null, teams: [] };
  const byCode = attributeByCode(input);
  const named = delegation === null ? {} : { delegation: { name: delegation.name, evidence: delegation.evidence } };
  if (delegation === null || teams.length === 0) return { ...byCode, ...named };
  const owner = teams.find(({ team }) => team === byCode.team);
  const [smallest] = [...teams].sort((a, b) => a.members - b.members || (a.team < b.team ? -1 : 1));
  const team = (owner ?? smallest)?.team ?? null;
  const choice =
    teams.length === 1
      ? ""
      : owner !== undefined
        ? `, the one of ${teams.length} teams that owns the code`
        : `, the smallest of ${teams.length} teams`;
  return {
    team,
    evidence: says("team:member", `Whoever it was made for was in this team when it was merged${choice}.`),
    ...named,
  };
}

/**
 * The team of the code: the team in CODEOWNERS that owns most of its changed files, where files without
 * an owner team count for the repository's owner team; ties go to the first by name. Individual owners name no team.
 * Without a match the repository's owner team, else null: Unassigned.
 */
function attributeByCode({ files, codeowners, repositoryOwner }: TeamInput): TeamVerdict {
  if (codeowners === null) return byRepository(repositoryOwner, "the repository has no CODEOWNERS file");
  if (files === null) return byRepository(repositoryOwner, "the changed files are not known");
  const shares = new Map<string, Share>();
  let unowned = 0;
  for (const { path } of files) {
    const rule = codeowners.ruleOf(path);
    let owned = false;
    for (const handle of rule?.owners ?? []) {
      const slug = TEAM.exec(handle)?.[1]?.toLowerCase();
      if (slug === undefined || rule === null) continue;
      owned = true;
      const share = shares.get(slug);
      if (share === undefined) shares.set(slug, { files: 1, handle, line: rule.line, path });
      else share.files += 1;
    }
    if (!owned) unowned += 1;
  }
  const ranked = [...shares].sort(([a, x], [b, y]) => y.files - x.files || (a < b ? -1 : 1));
  const [first] = ranked;
  if (first === undefined) return byRepository(repositoryOwner, "no changed file has an owner team in CODEOWNERS");
  const [team, share] = first;
  if (repositoryOwner !== null && unowned > share.files) {
    return byRepository(
      repositoryOwner,
      `${unowned} of ${files.length} changed files have no owner team in CODEOWNERS`,
    );
  }
  const belong =
    files.length === 1 ? "The only changed file belongs" : `${share.files} of ${files.length} changed files belong`;
  return {
    team,
    evidence: says("team:codeowners", `${belong} to ${share.handle} in CODEOWNERS.`, {
      quote: `line ${share.line}: ${share.handle}`,
      at: share.path,
    }),
  };
}
