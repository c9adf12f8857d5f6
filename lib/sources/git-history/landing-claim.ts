/** The kind of server that words a merge the way it was found; it decides how a pull request's address looks. */
export type Forge = "github" | "gitlab" | "bitbucket" | "azure" | "gitea";

/** What the message of a landed commit says about the pull request it landed. */
export interface LandingClaim {
  /** null: the subject was cut inside the number, of which `cutDigits` is left. */
  number: number | null;
  cutDigits: string | null;
  /** `merge`: worded as a merge or with several parents; such a claim needs no further proof. */
  kind: "squash" | "merge";
  forge: Forge;
  title: string;
  body: string | null;
  headRef: string | null;
}

interface Message {
  subject: string;
  body: string;
  parents: number;
}

type Reader = (message: Message) => LandingClaim | null;

/** Order matters: the wordings that only a merge button writes come before a number at the end of a subject. */
const READERS: Reader[] = [
  githubMerge,
  giteaMerge,
  azure,
  bitbucketCloud,
  bitbucketServer,
  gitlab,
  trailingNumber,
  cutNumber,
];

/** Reads which pull request a commit of the line landed; null when the message names none. `parents` is their number. */
export function readLandingClaim(message: string, parents: number): LandingClaim | null {
  const parsed = { ...splitMessage(message), parents };
  for (const read of READERS) {
    const claim = read(parsed);
    if (claim !== null && claim.number !== 0) return claim;
  }
  return null;
}

/** First line, and the rest without blank lines around it. */
export function splitMessage(message: string): { subject: string; body: string } {
  const text = message.replace(/^\s*\n/, "").trimStart();
  const end = text.indexOf("\n");
  return end < 0
    ? { subject: text.trim(), body: "" }
    : { subject: text.slice(0, end).trim(), body: text.slice(end).trim() };
}

/** A merge's body: the pull request's title stands in its first line. */
function titled(body: string, fallback: string): { title: string; body: string | null } {
  if (body === "") return { title: fallback, body: null };
  const { subject, body: rest } = splitMessage(body);
  return { title: subject, body: rest === "" ? null : rest };
}

const kindOf = (parents: number): LandingClaim["kind"] => (parents > 1 ? "merge" : "squash");
const whole = { cutDigits: null };

function githubMerge({ subject, body }: Message): LandingClaim | null {
  const match = /^Merge pull request #(\d{1,9}) from (\S+)/.exec(subject);
  if (match === null) return null;
  const [, number, head = ""] = match;
  const slash = head.indexOf("/");
  const headRef = slash > 0 && slash < head.length - 1 ? head.slice(slash + 1) : null;
  return { ...whole, number: Number(number), kind: "merge", forge: "github", headRef, ...titled(body, subject) };
}

function giteaMerge({ subject, body }: Message): LandingClaim | null {
  const match = /^Merge pull request '(.*)' \(#(\d{1,9})\) from (\S+)(?: into \S+)?$/.exec(subject);
  if (match === null) return null;
  const [, title = "", number, headRef = null] = match;
  return { ...whole, number: Number(number), kind: "merge", forge: "gitea", headRef, title, body: body || null };
}

function azure({ subject, body, parents }: Message): LandingClaim | null {
  const match = /^Merged PR (\d{1,9}): (.+)$/.exec(subject);
  if (match === null) return null;
  const [, number, title = ""] = match;
  return {
    ...whole,
    number: Number(number),
    kind: kindOf(parents),
    forge: "azure",
    headRef: null,
    title,
    body: body || null,
  };
}

function bitbucketCloud({ subject, body, parents }: Message): LandingClaim | null {
  const match = /^Merged in (\S+) \(pull request #(\d{1,9})\)$/.exec(subject);
  if (match === null) return null;
  const [, headRef = null, number] = match;
  return {
    ...whole,
    number: Number(number),
    kind: kindOf(parents),
    forge: "bitbucket",
    headRef,
    ...titled(body, subject),
  };
}

function bitbucketServer({ subject, body, parents }: Message): LandingClaim | null {
  const match = /^Pull request #(\d{1,9}): (.+)$/.exec(subject);
  const merge = /^Merge in \S+ from (\S+) to \S+$/m.exec(body);
  if (match === null || merge === null) return null;
  const [, number, title = ""] = match;
  const headRef = merge[1] ?? null;
  return { ...whole, number: Number(number), kind: kindOf(parents), forge: "bitbucket", headRef, title, body };
}

/** GitLab names the merge request in the last line. In the middle of a squashed body it only quotes an inner merge. */
function gitlab({ subject, body, parents }: Message): LandingClaim | null {
  const match = /(?:^|\n)See merge request \S*!(\d{1,9})$/.exec(body);
  if (match === null) return null;
  const headRef = /^Merge branch '([^']+)' into '[^']+'$/.exec(subject)?.[1] ?? null;
  const before = body.slice(0, match.index).trim();
  const text = headRef === null ? { title: subject, body: before || null } : titled(before, subject);
  return { ...whole, number: Number(match[1]), kind: kindOf(parents), forge: "gitlab", headRef, ...text };
}

/** `Title (#12)`: the last number, at the very end. `Revert "x (#12)"` ends in a quote, so 12 is not its own number. */
function trailingNumber({ subject, body, parents }: Message): LandingClaim | null {
  const match = /^(.*?)\s*\(#(\d{1,9})\)$/.exec(subject);
  if (match === null) return null;
  const [, title = "", number] = match;
  const text = completeTitle(title === "" ? subject : title, body);
  return { ...whole, number: Number(number), kind: kindOf(parents), forge: "github", headRef: null, ...text };
}

const ELLIPSIS = /(?:…|\.\.\.)$/;
const CONTINUATION = /^(?:…|\.\.\.)/;

/** A subject that was cut before or inside its number; the body may begin with the rest. */
function cutNumber(message: Message): LandingClaim | null {
  if (!ELLIPSIS.test(message.subject)) return null;
  const { subject: next, body } = splitMessage(message.body);
  if (CONTINUATION.test(next)) {
    const subject = message.subject.replace(ELLIPSIS, "") + next.replace(CONTINUATION, "");
    return trailingNumber({ ...message, subject, body });
  }
  const match = /^(.*?)\s*\((?:#(\d{0,9}))?(?:…|\.\.\.)$/.exec(message.subject);
  if (match === null) return null;
  const [, title = "", cutDigits = ""] = match;
  const forge = "github";
  return {
    number: null,
    cutDigits,
    kind: kindOf(message.parents),
    forge,
    title,
    body: message.body || null,
    headRef: null,
  };
}

const SHORTEST_STEM = 30;

/** A title cut with an ellipsis goes on in the body: as `…rest`, or whole as its first line or list item. */
function completeTitle(title: string, body: string): { title: string; body: string | null } {
  const stem = title.replace(ELLIPSIS, "");
  const { subject: next, body: rest } = splitMessage(body);
  if (stem !== title && CONTINUATION.test(next)) {
    return { title: stem + next.replace(CONTINUATION, ""), body: rest || null };
  }
  const line = next.replace(/^[*-] /, "").replace(/\s*\(#\d{1,9}\)$/, "");
  const isWhole = stem !== title && stem.length >= SHORTEST_STEM && line.length > stem.length && line.startsWith(stem);
  return { title: isWhole ? line : title, body: body || null };
}
