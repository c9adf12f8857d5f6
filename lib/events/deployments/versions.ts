const COMMIT = /^[0-9a-f]{40}$/;

/** The commit that an image was built of, where its tag says it: `registry/billing:<commit>`, also after a word and a hyphen. */
export function commitOfImage(image: string): string | undefined {
  const tag = /:([\w.-]+)(?:@|$)/.exec(image)?.[1] ?? "";
  const last = tag.slice(tag.lastIndexOf("-") + 1);
  return COMMIT.test(last) ? last : undefined;
}

/** The commit of a revision such as `main@sha1:<commit>` or the commit alone. */
export function commitOfRevision(revision: string | undefined): string | undefined {
  const last = revision?.split(/[@:/]/).at(-1) ?? "";
  return COMMIT.test(last) ? last : undefined;
}

/** `organisation/name` of the address of a repository, with or without a user, a port and `.git`. */
export function repositoryOfUrl(url: string): string | undefined {
  const [, found] = /[:/]([^/:\s]+\/[^/:\s]+?)(?:\.git)?\/?$/.exec(url.trim()) ?? [];
  return found;
}
