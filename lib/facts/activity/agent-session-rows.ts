import { SESSION_TOLD_CODE } from "@/lib/core/dimensions";
import type { CopyValue } from "@/lib/db/copy-rows";
import type { FleetEvent, FleetEventOf } from "@/lib/events/schema";

export const AGENT_SESSION_COLUMNS = ["org_id", "repo_id", "number", "session", "how"] as const;

/** Trailers that name what an agent worked in: `Claude-Session`, `Copilot-Session`, `Amp-Thread-ID` and their like. */
const TRAILER = /^[A-Z][\w-]{0,40}-(?:session|thread|conversation)(?:-id)?:[ \t]*(\S{1,300})[ \t]*$/gim;

const LONGEST_NAME = 200;

/** The last part of an address: what stands before it is where the session can be read. */
const nameIn = (told: string): string => told.slice(told.lastIndexOf("/") + 1).slice(0, LONGEST_NAME);

function sessionsOf(event: FleetEvent): { number: number; names: string[]; how: number } | null {
  if (event.kind === "agent_run.finished") {
    const { number, session } = event.payload;
    return number === null || session === null
      ? null
      : { number, names: [nameIn(session)], how: SESSION_TOLD_CODE.run };
  }
  if (event.kind !== "pull_request.commit") return null;
  const names = [...event.payload.message.matchAll(TRAILER)].map(([, told = ""]) => nameIn(told));
  return { number: event.payload.number, names, how: SESSION_TOLD_CODE.trailer };
}

/** Sessions of agents that an event says worked on a pull request, as rows of `fact_agent_session`. */
export function agentSessionRows(
  event: FleetEventOf<"agent_run.finished" | "pull_request.commit">,
  repoId: number,
): (readonly CopyValue[])[] {
  const told = sessionsOf(event);
  if (told === null) return [];
  return told.names.flatMap((name) => (name === "" ? [] : [[event.orgId, repoId, told.number, name, told.how]]));
}
