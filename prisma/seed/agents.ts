import type { Actor } from "@/lib/events/schema";
import type { AgentTool, Authorship } from "./adoption";
import { iso } from "./calendar";
import { type Person, personActor } from "./people";
import type { Random } from "./random";
import { slugOf } from "./titles";

/** The marks that agents leave on pull requests and commits, as they look in public histories. */

export interface Identity {
  name: string;
  email: string;
}

/** What an agent leaves on one of its commits: its own signature, or a trailer under a person's. */
interface CommitMark {
  author: Identity | null;
  trailers: readonly string[];
}

export interface AgentMarks {
  author: Actor;
  headRef: string;
  /** Lines at the end of the pull request's body; empty where the agent leaves none. */
  footer: string;
  commit: CommitMark;
  labels: readonly string[];
}

const bot = (login: string, id: string, email = `${id}+${login}@users.noreply.github.com`): Actor => ({
  type: "bot",
  id,
  login,
  name: login,
  email,
});

const CLAUDE_APP = bot("claude[bot]", "209825114");
const COPILOT = bot("Copilot", "198982749");
const CURSOR_APP = bot("cursor[bot]", "206951365");
const DEVIN = bot("devin-ai-integration[bot]", "158243242");
const JULES = bot("google-labs-jules[bot]", "161369871");
/** A program that no rule knows: the product must list it for an admin and not guess. */
const ACME_AUTOFIX = bot("acme-autofix[bot]", "990009001");

const CLAUDE_NAMES: readonly (readonly [string, string])[] = [
  ["2025-09-29", "Claude"],
  ["2025-11-24", "Claude Sonnet 4.5"],
  ["2026-02-05", "Claude Opus 4.5"],
  ["2026-06-01", "Claude Opus 4.6 (1M context)"],
  ["9999-12-31", "Claude Opus 4.8"],
];

function claudeTrailer(at: number, random: Random): string {
  const day = iso(at).slice(0, 10);
  const name = CLAUDE_NAMES.find(([until]) => day < until)?.[1] ?? "Claude";
  return `Co-Authored-By: ${random.chance(0.15) ? "Claude" : name} <noreply@anthropic.com>`;
}

const hex = (random: Random, digits: number): string =>
  Array.from({ length: digits }, () => random.int(0, 15).toString(16)).join("");

const coAuthor = (person: Person): string => `Co-authored-by: ${person.name} <${person.email}>`;

/** The marks of one agent on one pull request; `person` asked for it or held the keyboard. */
export function agentMarks(
  tool: AgentTool,
  authorship: Exclude<Authorship, "human">,
  person: Person,
  title: string,
  at: number,
  random: Random,
): AgentMarks {
  const slug = slugOf(title);
  const own = personActor(person);
  const alone = authorship === "agent";
  switch (tool) {
    case "claude_code": {
      const trailers = [claudeTrailer(at, random)];
      if (alone && random.chance(0.12)) {
        return {
          author: CLAUDE_APP,
          headRef: `claude/issue-${random.int(200, 4000)}-${iso(at).slice(0, 10).replaceAll("-", "")}-${random.int(1000, 2359)}`,
          footer: "🤖 Generated with [Claude Code](https://claude.ai/code)",
          commit: {
            author: { name: "claude[bot]", email: "209825114+claude[bot]@users.noreply.github.com" },
            trailers: [coAuthor(person)],
          },
          labels: [],
        };
      }
      return {
        author: own,
        headRef: random.chance(0.25) ? `claude/${slug}` : `${person.login}/${slug}`,
        footer: random.chance(0.75) ? "🤖 Generated with [Claude Code](https://claude.com/claude-code)" : "",
        commit: { author: null, trailers },
        labels: random.chance(0.1) ? ["claude-code-assisted"] : [],
      };
    }
    case "cursor": {
      const cloud = alone && random.chance(0.7);
      return {
        author: cloud && random.chance(0.3) ? CURSOR_APP : own,
        headRef: cloud ? `cursor/${slug}-${hex(random, 4)}` : `${person.login}/${slug}`,
        footer: "",
        commit: cloud
          ? { author: { name: "Cursor Agent", email: "cursoragent@cursor.com" }, trailers: [coAuthor(person)] }
          : { author: null, trailers: ["Co-authored-by: Cursor <cursoragent@cursor.com>"] },
        labels: [],
      };
    }
    case "copilot": {
      if (!alone) {
        return {
          author: own,
          headRef: `${person.login}/${slug}`,
          footer: "",
          commit: { author: null, trailers: ["Co-authored-by: Copilot <223556219+Copilot@users.noreply.github.com>"] },
          labels: [],
        };
      }
      return {
        author: COPILOT,
        headRef: `copilot/${slug}`,
        footer: "<!-- START COPILOT CODING AGENT SUFFIX -->",
        commit: {
          author: { name: "copilot-swe-agent[bot]", email: "198982749+Copilot@users.noreply.github.com" },
          trailers: [coAuthor(person)],
        },
        labels: [],
      };
    }
    case "codex":
      return {
        author: own,
        headRef: alone ? `codex/${slug}` : `${person.login}/${slug}`,
        footer: alone ? `[Codex Task](https://chatgpt.com/codex/tasks/task_e_${hex(random, 32)})` : "",
        commit: { author: null, trailers: ["Co-authored-by: Codex <noreply@openai.com>"] },
        labels: alone && random.chance(0.3) ? ["codex"] : [],
      };
    case "devin":
      return {
        author: alone ? DEVIN : own,
        headRef: alone ? `devin/${Math.floor(at / 1000)}-${slug}` : `${person.login}/${slug}`,
        footer: alone
          ? `Link to Devin session: https://app.devin.ai/sessions/${hex(random, 32)}\nRequested by: ${person.name}`
          : "",
        commit: {
          author: { name: "Devin AI", email: "158243242+devin-ai-integration[bot]@users.noreply.github.com" },
          trailers: [coAuthor(person)],
        },
        labels: [],
      };
    case "jules": {
      const task = `${random.int(1, 9)}${Array.from({ length: 18 }, () => random.int(0, 9)).join("")}`;
      return {
        author: alone ? JULES : own,
        headRef: `${slug}-${task}`,
        footer: `*PR created automatically by Jules for task [${task}](https://jules.google.com/task/${task}) started by @${person.login}*`,
        commit: {
          author: {
            name: "google-labs-jules[bot]",
            email: "161369871+google-labs-jules[bot]@users.noreply.github.com",
          },
          trailers: [],
        },
        labels: [],
      };
    }
    case "acme_autofix":
      return {
        author: ACME_AUTOFIX,
        headRef: `acme-autofix/${slug}`,
        footer: "",
        commit: {
          author: { name: "acme-autofix[bot]", email: "990009001+acme-autofix[bot]@users.noreply.github.com" },
          trailers: [],
        },
        labels: [],
      };
  }
}

/** Chance that a tool's change is its own work (agent) rather than a person's with its help (assisted). */
export const ALONE_CHANCE: Record<AgentTool, number> = {
  claude_code: 0.52,
  cursor: 0.4,
  copilot: 0.78,
  codex: 0.7,
  devin: 0.94,
  jules: 0.92,
  acme_autofix: 1,
};

export const DEPENDABOT = bot("dependabot[bot]", "49699333");
export const RENOVATE = bot("renovate[bot]", "29139614");
export const ACTIONS = bot("github-actions[bot]", "41898282");
export const MERGE_QUEUE = bot("github-merge-queue[bot]", "118344674");
export const CODE_REVIEWERS: readonly Actor[] = [
  bot("coderabbitai[bot]", "136622811"),
  bot("copilot-pull-request-reviewer[bot]", "175728472"),
];
/** Trailer that an accepted review suggestion leaves on a person's commit; never authorship. */
export const SUGGESTION_TRAILER = "Co-authored-by: Copilot <175728472+Copilot@users.noreply.github.com>";
