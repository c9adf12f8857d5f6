import type { RuleSet } from "@/lib/attribution/rules/rule-set";
import type { Actor } from "@/lib/events/schema";

/** Who did it; a program that the rules know is a bot, whatever account it uses, and a person that they name a user. */
export function actorKindOf(actor: Actor, rules: RuleSet): Actor["type"] {
  if (rules.isPerson(actor)) return "user";
  return rules.identityOfActor(actor) === null ? actor.type : "bot";
}
