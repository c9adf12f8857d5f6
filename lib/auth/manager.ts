import type { AuditActor } from "@/lib/audit/types";
import { actorOf, COMMAND_ACTOR } from "./actor";
import type { Caller } from "./caller";
import type { Role } from "./roles";

/** Who manages users: their role decides what they may make of whom. */
export interface Manager {
  /** Of the user; null at the command line. */
  id: string | null;
  role: Role;
  actor: AuditActor;
}

/** Who asks, as a manager of users. A key is none: the routes let none of them in, and it would have no more than a viewer's say. */
export function managerOf(caller: Caller, headers: Pick<Headers, "get">): Manager {
  const isUser = caller.kind === "user";
  return { id: isUser ? caller.id : null, role: isUser ? caller.role : "viewer", actor: actorOf(caller, headers) };
}

/** Whoever has the command line of the machine has the database too. */
export const COMMAND_MANAGER: Manager = { id: null, role: "owner", actor: COMMAND_ACTOR };
