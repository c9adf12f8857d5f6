import { AGENTS } from "@/lib/attribution/agents";
import { AUTHOR_KIND_LABEL, CATEGORY_LABEL, EXCLUSION_LABEL } from "@/lib/core/dimensions";
import type { RuleAspect, RulePreview } from "@/lib/settings/types";
import type { PullRequestFact } from "./attribute";
import type { ClosedAttribution } from "./attribute-closed";
import type { ProjectionContext } from "./projection-context";

/** Pull requests that are named, and kinds of change that are told apart. */
const EXAMPLES = 20;
const MOVES = 30;

const nameOf = new Map(AGENTS.map(({ key, name }) => [key, name]));

const agentsOf = ({ agents }: PullRequestFact["authorship"]): string =>
  agents.length === 0
    ? "no agent"
    : agents
        .map(({ agent }) => nameOf.get(agent) ?? agent)
        .sort()
        .join(", ");

const lines = (count: number | null): string => (count === null ? "not known" : String(count));

/** What the rules say of a merged pull request, aspect by aspect, in words. */
const saidOf = (fact: PullRequestFact): Record<RuleAspect, string> => ({
  author: AUTHOR_KIND_LABEL[fact.authorship.kind],
  agents: agentsOf(fact.authorship),
  category: CATEGORY_LABEL[fact.category.category],
  counted: fact.exclusion === "none" ? "counted" : `not counted: ${EXCLUSION_LABEL[fact.exclusion]}`,
  lines: lines(fact.effectiveLines),
  team: fact.team.team ?? "no team",
});

const ASPECTS: readonly RuleAspect[] = ["author", "agents", "category", "counted", "lines", "team"];

/** Collects what two sets of rules say differently. */
export class RuleDifferences {
  private looked = 0;
  private changed = 0;
  private closed = 0;
  private readonly aspects: Record<RuleAspect, number> = {
    author: 0,
    agents: 0,
    category: 0,
    counted: 0,
    lines: 0,
    team: 0,
  };
  private readonly moves = new Map<string, RulePreview["moves"][number]>();
  private readonly examples: RulePreview["examples"] = [];

  addMerged(context: ProjectionContext, before: PullRequestFact, after: PullRequestFact): void {
    this.looked += 1;
    const [was, becomes] = [saidOf(before), saidOf(after)];
    const changes = ASPECTS.filter((aspect) => was[aspect] !== becomes[aspect]);
    // Of lines the ones that production code gained may differ alone.
    if (changes.length === 0 && before.prodLines === after.prodLines) return;
    this.changed += 1;
    for (const aspect of changes) {
      this.aspects[aspect] += 1;
      // How many lines become how many is different with every pull request.
      if (aspect !== "lines") this.move(aspect, was[aspect], becomes[aspect]);
    }
    if (changes.length === 0) this.aspects.lines += 1;
    if (this.examples.length >= EXAMPLES) return;
    const { merged } = before;
    this.examples.push({
      id: `${context.repoId}-${merged.number}`,
      repo: context.repo,
      number: merged.number,
      title: merged.title,
      changes: changes.map((aspect) => ({ aspect, from: was[aspect], to: becomes[aspect] })),
    });
  }

  addClosed(before: ClosedAttribution, after: ClosedAttribution): void {
    const isSame =
      before.agentMask === after.agentMask &&
      before.category.category === after.category.category &&
      before.authorship.kind === after.authorship.kind &&
      before.authorship.confidence === after.authorship.confidence;
    if (!isSame) this.closed += 1;
  }

  private move(aspect: RuleAspect, from: string, to: string): void {
    const key = `${aspect}|${from}|${to}`;
    const known = this.moves.get(key);
    if (known === undefined) this.moves.set(key, { aspect, from, to, count: 1 });
    else known.count += 1;
  }

  summary(): Omit<RulePreview, "reviews" | "environments"> {
    const moves = [...this.moves.values()].sort((a, b) => b.count - a.count || (a.to < b.to ? -1 : 1));
    return {
      pullRequests: this.looked,
      changed: this.changed,
      closed: this.closed,
      aspects: this.aspects,
      moves: moves.slice(0, MOVES),
      examples: this.examples,
    };
  }
}
