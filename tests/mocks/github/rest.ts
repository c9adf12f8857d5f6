import type { Alerts, Dataset, Repository } from "./model";

interface RestReply {
  status: number;
  body: unknown;
  /** The `Link` header of a list that goes on. */
  link: string | null;
}

const NOT_FOUND: RestReply = { status: 404, body: { message: "Not Found" }, link: null };
const MOST_RESULTS = 1000;

function findRepository({ repositories }: Dataset, owner: string, name: string): Repository | undefined {
  return repositories.find((one) => !one.gone && one.owner === owner && [one.name, ...one.formerNames].includes(name));
}

/** A list by pages. GitHub answers the first thousand of a filtered list and no more. */
export function pageOf<Item>(
  items: readonly Item[],
  path: string,
  parameters: URLSearchParams,
): { items: Item[]; link: string | null } {
  const size = Math.min(100, Number(parameters.get("per_page") ?? 30));
  const page = Number(parameters.get("page") ?? 1);
  const reachable = items.slice(0, MOST_RESULTS);
  const next = new URLSearchParams(parameters);
  next.set("page", String(page + 1));
  const hasNext = page * size < reachable.length;
  return {
    items: reachable.slice((page - 1) * size, page * size),
    link: hasNext ? `<https://api.github.test${path}?${next.toString()}>; rel="next"` : null,
  };
}

const showListed = ({ databaseId, defaultBranch, id, isArchived, isFork, isPrivate, name, owner }: Repository) => ({
  id: databaseId,
  node_id: id,
  name,
  full_name: `${owner}/${name}`,
  html_url: `https://github.test/${owner}/${name}`,
  default_branch: defaultBranch,
  archived: isArchived,
  fork: isFork,
  private: isPrivate,
  pushed_at: null,
});

/** `GET /installation/repositories`: those that an installation was given. */
export function listInstallationRepositories(
  repositories: readonly Repository[],
  path: string,
  parameters: URLSearchParams,
): RestReply {
  const { items, link } = pageOf(repositories, path, parameters);
  return { status: 200, body: { total_count: repositories.length, repositories: items.map(showListed) }, link };
}

function listAlerts(
  dataset: Dataset,
  [, owner = "", name = "", kind = ""]: readonly string[],
  path: string,
  parameters: URLSearchParams,
): RestReply {
  const found = findRepository(dataset, owner, name)?.alerts;
  if (found === undefined) return NOT_FOUND;
  if (found === null) return { status: 403, body: { message: "Not enabled for this repository." }, link: null };
  const all = found[kind as keyof Alerts];
  if (kind !== "dependabot") {
    const { items, link } = pageOf(all, path, parameters);
    return { status: 200, body: items, link };
  }
  // Goes on by a cursor; GitHub refuses a page there.
  if (parameters.has("page")) return { status: 400, body: { message: "page is not supported" }, link: null };
  const size = Number(parameters.get("per_page") ?? 30);
  const from = Number(parameters.get("after") ?? 0);
  const to = from + size;
  const link = to < all.length ? `<https://api.github.test${path}?per_page=${size}&after=${to}>; rel="next"` : null;
  return { status: 200, body: all.slice(from, to), link };
}

/** Review comments of a repository: those that changed since an instant, in the order of their changes. */
function listReviewComments({ reviewComments }: Repository, path: string, parameters: URLSearchParams): RestReply {
  if (parameters.get("sort") !== "updated" || parameters.get("direction") !== "asc") {
    return {
      status: 422,
      body: { message: "the test GitHub lists them by their changes, ascending, alone" },
      link: null,
    };
  }
  const since = Date.parse(parameters.get("since") ?? "1970-01-01");
  const found = reviewComments
    .filter(({ updated_at: at }) => Date.parse(at) >= since)
    .sort((a, b) => Date.parse(a.updated_at) - Date.parse(b.updated_at) || a.id - b.id);
  const { items, link } = pageOf(found, path, parameters);
  return { status: 200, body: items, link };
}

/** The REST routes that are used, without authentication, which is checked before. */
export function answerRest(dataset: Dataset, method: string, path: string, parameters: URLSearchParams): RestReply {
  const alerts = /^\/repos\/([^/]+)\/([^/]+)\/(code-scanning|dependabot|secret-scanning)\/alerts$/.exec(path);
  if (method === "GET" && alerts !== null) return listAlerts(dataset, alerts, path, parameters);
  const comments = /^\/repos\/([^/]+)\/([^/]+)\/pulls\/comments$/.exec(path);
  if (method === "GET" && comments !== null) {
    const repository = findRepository(dataset, comments[1] ?? "", comments[2] ?? "");
    return repository === undefined ? NOT_FOUND : listReviewComments(repository, path, parameters);
  }
  const runs = /^\/repos\/([^/]+)\/([^/]+)\/actions\/runs$/.exec(path);
  if (method !== "GET" || runs === null) return NOT_FOUND;
  const repository = findRepository(dataset, runs[1] ?? "", runs[2] ?? "");
  if (repository === undefined) return NOT_FOUND;
  const [from, to] = (parameters.get("created") ?? "..").split("..");
  const found = repository.workflowRuns
    .filter(({ created_at: at }) => Date.parse(at) >= Date.parse(from || "1970-01-01"))
    .filter(({ created_at: at }) => !to || Date.parse(at) <= Date.parse(to))
    .sort((a, b) => Date.parse(b.created_at) - Date.parse(a.created_at) || b.id - a.id);
  const { items, link } = pageOf(found, path, parameters);
  return { status: 200, body: { total_count: found.length, workflow_runs: items }, link };
}
