/** Where a repository came from, as far as its remote's address tells. */
export interface Origin {
  /** Web address without credentials, for instance `https://github.com/acme/api`; null for a local path. */
  url: string | null;
  /** First part of the path: the owner, organisation or group. */
  owner: string | null;
  name: string | null;
}

const NOWHERE: Origin = { url: null, owner: null, name: null };

/** Reads `https://`, `ssh://`, `git://` and scp-like (`git@host:owner/name.git`) addresses; anything else is a local path. */
export function parseOriginUrl(address: string | null): Origin {
  if (address === null) return NOWHERE;
  const scp = /^(?:[^@/\s]+@)?([A-Za-z0-9.-]{2,}):(?!\/\/|\\)\/?(.+)$/.exec(address);
  const isUrl = /^(https?|ssh|git):\/\//.test(address) && URL.canParse(address);
  if (!isUrl && scp === null) return NOWHERE;
  const host = isUrl ? new URL(address).hostname : (scp?.[1] ?? "");
  const rawPath = isUrl ? new URL(address).pathname : (scp?.[2] ?? "");
  const parts = rawPath
    .replace(/\/+$/, "")
    .replace(/\.git$/, "")
    .split("/")
    .filter((part) => part !== "");
  // Azure DevOps writes its protocol version into the path of its ssh addresses.
  if (parts[0] === "v3" && host.startsWith("ssh.")) parts.shift();
  const name = parts.at(-1);
  const owner = parts[0];
  if (name === undefined || owner === undefined || parts.length < 2) return NOWHERE;
  return { url: `https://${host}/${parts.join("/")}`, owner: decodePart(owner), name: decodePart(name) };
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
