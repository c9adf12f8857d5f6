import type { z } from "zod";
import { moreMembersSchema, teamPageSchema } from "./answers";
import type { Budget, GitHubClient, GraphqlAnswer } from "./client";
import { GitHubFailure } from "./failure";
import { wholeNodes } from "./page";
import { pageOfList } from "./persistently";
import { MORE_MEMBERS, TEAM_PAGE } from "./queries/teams";

export interface ListedMember {
  /** GitHub's number of the account. */
  id: string;
  login: string;
  name: string | null;
}

export interface ListedTeam {
  slug: string;
  name: string;
  /** Those who are in it by themselves. */
  members: ListedMember[];
}

type Members = NonNullable<z.output<typeof moreMembersSchema>["node"]>["members"];

/**
 * Every team of an organisation with its members.
 * @throws {GitHubFailure} `forbidden` without the right to read members
 */
export async function fetchTeams(
  client: GitHubClient,
  login: string,
): Promise<{ teams: ListedTeam[]; budget: Budget | null }> {
  const teams: ListedTeam[] = [];
  for (let after: string | null = null; ; ) {
    const answer: GraphqlAnswer<z.output<typeof teamPageSchema>> = await pageOfList(() =>
      client.graphql(TEAM_PAGE, { login, after }, teamPageSchema),
    );
    const found = answer.data.organization?.teams;
    if (found === undefined) throw new GitHubFailure({ kind: "not_found" }, `GitHub shows no organisation ${login}`);
    for (const { id, members, name, slug } of wholeNodes(found.nodes, answer.partial)) {
      teams.push({ slug: slug.toLowerCase(), name, members: await allMembers(client, id, members, answer.partial) });
    }
    if (!found.pageInfo.hasNextPage) return { teams, budget: answer.budget };
    after = found.pageInfo.endCursor;
  }
}

async function allMembers(
  client: GitHubClient,
  id: string,
  first: Members,
  partial: readonly string[],
): Promise<ListedMember[]> {
  const nodes = wholeNodes(first.nodes, partial);
  for (let page = first.pageInfo; page.hasNextPage; ) {
    const more = await pageOfList(() => client.graphql(MORE_MEMBERS, { id, after: page.endCursor }, moreMembersSchema));
    const members = more.data.node?.members;
    if (members === undefined) throw new GitHubFailure({ kind: "transient" }, "GitHub left out a page of a team");
    nodes.push(...wholeNodes(members.nodes, more.partial));
    page = members.pageInfo;
  }
  return nodes.flatMap(({ databaseId, login, name }) =>
    databaseId === null ? [] : [{ id: String(databaseId), login, name: name ?? null }],
  );
}
