import { mintScope } from "./mint-scope";
import type { Scope } from "./scope";

/**
 * The scope of what the product does by itself, for nobody: load the facts into memory, count on the command line of the
 * machine. Nothing that answers a request may use it; the layer rules see to that.
 */
export const SYSTEM_SCOPE: Scope = mintScope({
  organizations: "all",
  teams: "all",
  personFields: false,
  moneyFields: true,
});
