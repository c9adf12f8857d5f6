import type { IdentityProviderItem } from "../types";
import { githubProtocol } from "./github";
import { openidProtocol } from "./openid";
import type { Protocol } from "./proof";

/** How to speak with a provider. */
export function protocolOf({ kind }: Pick<IdentityProviderItem, "kind">): Protocol {
  return kind === "github" ? githubProtocol : openidProtocol;
}
