const CENSOR = "[redacted]";

/** How secrets look that are recognised wherever they stand. */
const LOOKS_SECRET: readonly RegExp[] = [
  // Keys of ours, tokens of GitHub, Slack, Anthropic and OpenAI, Google, AWS and Stripe or Standard Webhooks.
  /\bfg_[\w-]{8,}/g,
  /\b(?:gh[a-z]_|github_pat_)\w{8,}/g,
  /\bxox[a-z]-[\w-]{8,}/g,
  /\bsk-[\w-]{16,}/g,
  /\b(?:AIza[\w-]{30,}|ya29\.[\w-]{16,})/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{12,}/g,
  /\b(?:whsec|[sr]k_(?:live|test))_[\w+/=-]{8,}/g,
  // JSON Web Tokens, and anything behind the words that announce a credential.
  /\beyJ[\w-]{8,}\.[\w-]+(?:\.[\w-]*)?/g,
  /\b(?<name>Bearer|Basic)\s+[\w.~+/=-]{8,}/gi,
  /\b(?<name>(?:access_token|refresh_token|id_token|client_secret|code_verifier|password|code|token|secret|state)=)[^\s&"\\]{4,}/gi,
  // The password in an address, and private keys, also where JSON has escaped their lines.
  /(?<name>\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s:/?#@"]{0,200}:)[^\s"]+(?=@)/gi,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
];

/** Shorter ones would be found in ordinary words. */
const SHORTEST_SECRET = 8;

/**
 * Makes what takes secrets out of a line: those that are known by their value, also as JSON or an address spells them,
 * and whatever looks like one.
 */
export function createScrubber(secrets: readonly string[]): (line: string) => string {
  const spellings = secrets
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)]);
  // The longest first: one may begin with another.
  const known = [...new Set(spellings)].sort((a, b) => b.length - a.length);
  return (line) => {
    let scrubbed = line;
    for (const secret of known) scrubbed = scrubbed.replaceAll(secret, CENSOR);
    for (const pattern of LOOKS_SECRET) {
      scrubbed = scrubbed.replace(pattern, (...found) => {
        const groups = found.at(-1) as { name?: string } | undefined;
        const name = typeof groups === "object" ? (groups.name ?? "") : "";
        return `${name}${name === "" || /[=:]$/.test(name) ? "" : " "}${CENSOR}`;
      });
    }
    return scrubbed;
  };
}
