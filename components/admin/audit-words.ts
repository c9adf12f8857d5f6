import type { AuditItem, AuditValue } from "@/lib/audit/types";

/** Actions in words, `{}` being what they were done to; one that is not here is shown by its name. */
const WORDS: Readonly<Record<string, string>> = {
  "sign_in.done": "signed in",
  "sign_in.refused": "could not sign in",
  "user.created": "made the account of {}",
  "user.role_changed": "changed the role of {}",
  "user.teams_changed": "changed the teams of {}",
  "user.disabled": "disabled {}",
  "user.enabled": "let {} in again",
  "user.signed_out": "signed {} out everywhere",
  "user.password_changed": "changed the password of {}",
  "user.password_reset": "chose a new password for {}",
  "user.reset_link_created": "made a link for a new password of {}",
  "user.second_factor_added": "added a second factor for {}",
  "user.second_factor_removed": "took the second factor of {} away",
  "user.provider_added": "added a provider for {}",
  "user.provider_removed": "took a provider of {} away",
  "identity_provider.created": "added the identity provider {}",
  "identity_provider.changed": "changed the identity provider {}",
  "identity_provider.removed": "removed the identity provider {}",
  "invitation.created": "invited {}",
  "invitation.revoked": "ended the invitation of {}",
  "key.created": "made the key {}",
  "key.revoked": "revoked the key {}",
  "connection.created": "connected {}",
  "connection.changed": "changed the connection {}",
  "app_request.created": "began to make a GitHub App for {}",
  "app.created": "made the GitHub App {}",
  "app.followed": "looked for installations of the GitHub App {}",
  "import.started": "imported {}",
  "sample.loading": "loaded the {}",
  "sample.removing": "removed the {}",
  "delivery.replayed": "had the delivery {} read again",
  "owner.assigned": "gave an owner to {}",
  "roster.entered": "entered the roster of {}",
  "benchmark.added": "added the figure {}",
  "milestone.added": "marked the day of {}",
  "milestone.removed": "took the mark {} away",
  "verdict.corrected": "corrected what is said of {}",
  "costs.imported": "entered a file of costs of {}",
  "costs.priced": "entered prices of tokens at {}",
  "costs.entered": "entered what {} pays",
  "costs.centre_entered": "gave a team of {} a cost centre",
  "costs.centre_ended": "ended a cost centre at {}",
  "costs.centre_taken_back": "took back a cost centre at {}",
  "cost_feed.entered": "had the costs of {} asked for",
  "cost_feed.removed": "had the costs of {} asked for no more",
  "cost_feed.asked": "asked for the costs of {} at once",
  "costs.ended": "ended what {} pays",
  "costs.entry_taken_back": "took back what {} pays",
  "costs.taken_back": "took back a file of costs of {}",
  "month.closed": "closed a month of {}",
  "month.reopened": "opened a month of {} again",
  "roi.scenario_kept": "kept the plan {}",
  "roi.scenario_removed": "removed the plan {}",
  "roi.exchanged": "entered exchange rates of {}",
  "roi.assumed": "entered what {} costs and saves",
  "benchmark.removed": "removed the figure {}",
  "failure.triaged": "said why {} failed",
  "survey.entered": "entered a survey of {}",
  "suggestions.entered": "entered what became of suggestions at {}",
  "rollout.changed": "dated the rollout of {}",
  "rules.changed": "changed the rules of {}",
  "retention.changed": "changed {}",
  "persons.switched": "switched the {}",
  "export.downloaded": "downloaded {}",
  "report.requested": "had {} made",
  "report.scheduled": "has a report of {} sent by itself",
  "report.unscheduled": "has a report of {} sent no more",
  "report.sent_now": "had a report of {} sent",
  "report.downloaded": "downloaded the report {}",
  "request.refused": "was refused: {}",
};

/** What people did to their own account. */
const OWN_WORDS: Readonly<Record<string, string>> = {
  "user.created": "joined",
  "user.signed_out": "signed out everywhere",
  "user.password_changed": "changed their password",
  "user.password_reset": "chose a new password",
  "user.reset_link_created": "made a link for a new password of their own",
  "user.second_factor_added": "added a second factor",
  "user.second_factor_removed": "took their second factor away",
  "user.provider_added": "added an account of their company",
  "user.provider_removed": "took an account of their company away",
};

/** What was done, as a sentence without its subject: `changed the role of Ada`. */
export function actionWords({ action, actor, target }: Pick<AuditItem, "action" | "actor" | "target">): string {
  const isOwn = target.id !== null && target.id === actor.id;
  const words = (isOwn ? OWN_WORDS[action] : undefined) ?? WORDS[action] ?? `${action} {}`;
  return words.replace("{}", () => target.name ?? "").trim();
}

function valueWords(value: AuditValue): string {
  if (value === null) return "nothing";
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(valueWords).join(", ");
  if (typeof value === "object") {
    return Object.entries(value as Readonly<Record<string, AuditValue>>)
      .map(([name, field]) => (name === "expiresInDays" ? expiryWords(field) : `${name}: ${valueWords(field)}`))
      .join(" · ");
  }
  return String(value);
}

function expiryWords(days: AuditValue): string {
  return days === null ? "never expires" : `expires after ${valueWords(days)} days`;
}

/** What became of what. */
export function changeWords({ after, before }: Pick<AuditItem, "after" | "before">): string {
  if (before === null && after === null) return "";
  return before === null ? valueWords(after) : `${valueWords(before)} → ${valueWords(after)}`;
}
