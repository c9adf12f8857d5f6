import type { AuditActor } from "@/lib/audit/types";
import { CLIENT_ADDRESS_HEADER } from "@/lib/core/client-address";
import type { Caller } from "./caller";

type HeaderReader = Pick<Headers, "get">;

/** Where a request comes from, for the audit log and for limits; null when the server in front did not say. */
export function addressOf(headers: HeaderReader): string | null {
  const address = headers.get(CLIENT_ADDRESS_HEADER);
  return address === null || address === "" ? null : address;
}

/** Who is asking, as the audit log names them. @param name how somebody who is not signed in calls themselves */
export function actorOf(caller: Caller | null, headers: HeaderReader, name = "nobody"): AuditActor {
  return {
    kind: caller?.kind ?? "nobody",
    id: caller?.id ?? null,
    name: caller?.name ?? name,
    address: addressOf(headers),
    userAgent: headers.get("user-agent"),
  };
}

/** Whoever sits at the command line of the machine. */
export const COMMAND_ACTOR: AuditActor = {
  kind: "command",
  id: null,
  name: "command line",
  address: null,
  userAgent: null,
};

/** The product by itself, such as a start that reads who the first owner is from its environment. */
export const SYSTEM_ACTOR: AuditActor = { ...COMMAND_ACTOR, kind: "system", name: "Fleetgauge" };
