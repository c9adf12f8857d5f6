import type { Actor } from "@/lib/events/schema";
import { type AgentMarks, agentMarks, DEPENDABOT } from "@/prisma/seed/agents";
import { personActor } from "@/prisma/seed/people";
import type { Random } from "@/prisma/seed/random";
import { slugOf } from "@/prisma/seed/titles";
import { OWNER } from "./company";
import type { Ordinary, Revert, Work } from "./work";

/** What a landed pull request left behind, as its revert has to name it. */
export interface Landed {
  number: number;
  title: string;
  headRef: string;
  sha: string;
}

/** How a pull request reads: its title, branch, author, and the message below the subject line. */
export interface Wording {
  title: string;
  headRef: string;
  author: Actor;
  /** Without the subject; empty when there is none. */
  body: string;
}

function marksOf({ agent, person, title, at }: Ordinary, random: Random): AgentMarks | null {
  return agent === null ? null : agentMarks(agent.tool, agent.alone ? "agent" : "assisted", person, title, at, random);
}

function ordinaryWording(work: Ordinary, random: Random): Wording {
  const marks = marksOf(work, random);
  if (marks === null) {
    const headRef = `${work.person.login}/${slugOf(work.title)}`;
    return { title: work.title, headRef, author: personActor(work.person), body: "" };
  }
  // The branch's commits were signed by the agent or carried its trailer; a squash keeps both as trailers.
  const { author, trailers } = marks.commit;
  const signed = author === null ? [] : [`Co-authored-by: ${author.name} <${author.email}>`];
  const kept = [...signed, ...trailers].filter((line) => !line.endsWith(`<${marks.author.email}>`));
  return { title: work.title, headRef: marks.headRef, author: marks.author, body: kept.join("\n") };
}

function revertWording(work: Revert, target: Landed, repo: string): Omit<Wording, "author"> {
  const quoted = `Revert "${target.title} (#${target.number})"`;
  const commit = `This reverts commit ${target.sha}.`;
  const headRef = `revert-${target.number}-${target.headRef}`;
  switch (work.form) {
    case "button":
      return { title: `Revert "${target.title}"`, headRef, body: `Reverts ${OWNER}/${repo}#${target.number}` };
    case "button_sha":
      return { title: quoted, headRef, body: commit };
    case "prefixed":
      return { title: `revert: ${target.title}`, headRef: `revert/${slugOf(target.title)}`, body: commit };
    case "numbered":
      return { title: `Revert #${target.number}: errors on staging`, headRef, body: `${commit}\n\nSee the incident.` };
  }
}

/** The wording of a piece of work; `target` is what a revert takes back. */
export function wordingOf(work: Work, target: Landed | null, repo: string, random: Random): Wording {
  switch (work.kind) {
    case "ordinary":
      return ordinaryWording(work, random);
    case "update":
      return { title: work.title, headRef: `dependabot/npm/${slugOf(work.title)}`, author: DEPENDABOT, body: "" };
    case "release":
      return { title: work.title, headRef: "release/next", author: personActor(work.person), body: "" };
    case "revert": {
      if (target === null) throw new Error("A revert was planned before its target landed");
      return { ...revertWording(work, target, repo), author: personActor(work.person) };
    }
  }
}
