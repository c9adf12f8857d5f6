interface NamedRepository {
  org: string;
  /** `org/name`. */
  repo: string;
  url: string | null;
}

/** The commands that import a repository again from a mirror, which holds contents, history and pull request branches. */
export function mirrorCommands({ org, repo, url }: NamedRepository): string[] {
  const name = repo.slice(org.length + 1);
  const folder = `${name}.git`;
  return [
    `git clone --mirror ${url === null ? "ADDRESS" : shellQuote(url)} ${shellQuote(folder)}`,
    `npm run fleetgauge -- import git ${shellQuote(folder)} --org ${shellQuote(org)} --repo ${shellQuote(name)}`,
  ];
}

/** A word as a POSIX shell reads it back, quoted only where it has to be. */
export function shellQuote(text: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
