import { type Company, type CompanyRepository, END } from "@/bench/company/company";
import { type LandedWork, laterLineEvents } from "@/bench/company/line-events";
import { type Ordinary, planWork } from "@/bench/company/work";
import { query } from "@/lib/db/query";
import { sql } from "@/lib/db/sql";
import { withTransaction } from "@/lib/db/transaction";
import { commitSubject, type PayloadOf, pullRequestSubject } from "@/lib/events/schema";
import { appendEvents } from "@/lib/events/writer";
import { headOf } from "./new-day";

const DAY_MS = 86_400_000;
/** How long before the end the target was merged. */
const AGE_DAYS = 150;

async function landedOf(orgId: number, repo: string, { number, title }: Ordinary): Promise<LandedWork> {
  const [merged] = await query<{ payload: PayloadOf<"pull_request.merged"> }>(
    sql`select payload from event where org_id = ${orgId} and kind = 'pull_request.merged'
      and subject = ${pullRequestSubject(repo, number)}`,
  );
  const sha = merged?.payload.mergeSha ?? "";
  const [commit] = await query<{ payload: PayloadOf<"commit.landed"> }>(
    sql`select payload from event where org_id = ${orgId} and kind = 'commit.landed'
      and subject = ${commitSubject(repo, sha)}`,
  );
  if (merged === undefined || commit === undefined) throw new Error(`${repo}#${number} is not in the log`);
  return { number, title, headRef: merged.payload.headRef ?? "", sha, files: commit.payload.files ?? [] };
}

/** Work of about five months before the end that still stands. */
function targetIn(company: Company, repository: CompanyRepository): { target: Ordinary; next: number } {
  const work = planWork(company, repository);
  const gone = new Set(work.flatMap((one) => (one.kind === "revert" ? [one.target.number] : [])));
  const target = work.findLast(
    (one): one is Ordinary =>
      one.kind === "ordinary" && one.outcome === "merged" && one.at < END - AGE_DAYS * DAY_MS && !gone.has(one.number),
  );
  if (target === undefined) throw new Error(`${repository.name} has no work that old`);
  return { target, next: work.length + 1 };
}

/**
 * Appends the revert of a pull request that was merged months ago.
 * @param offset how many numbers other measurements took after the company's end
 */
export async function appendLateRevert(company: Company, orgId: number, offset: number): Promise<void> {
  const repository = company.repositories.toSorted((a, b) => b.counts.pullRequests - a.counts.pullRequests)[0];
  if (repository === undefined) throw new RangeError("a company without repositories");
  const { next, target } = targetIn(company, repository);
  const landed = [await landedOf(orgId, repository.name, target)];
  const at = END + 2 * DAY_MS;
  const number = next + offset;
  const head = await headOf(orgId, repository.name);
  const revert = { kind: "revert", outcome: "merged", number, at, title: "", form: "button_sha", target } as const;
  const events = laterLineEvents(
    company,
    repository,
    [{ ...revert, person: target.person }],
    orgId,
    { head, landed, label: "late-revert" },
    at + DAY_MS,
  );
  await withTransaction((client) => appendEvents(client, [[...events]]));
}
