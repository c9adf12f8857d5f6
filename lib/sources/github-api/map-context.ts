/** What every event of one repository shares. */
export interface MapContext {
  orgId: number;
  /** Our name of the repository. */
  repo: string;
}

/** The parts of an event that say where it comes from. @param id what it is about, inside GitHub */
export const eventBase = ({ orgId, repo }: MapContext, id: string) => ({
  id: `github:${id}`,
  orgId,
  source: "github",
  repo,
});

/**
 * The id of an event that is one state of something: what it is about, what it says, and since when.
 * @param kind a word for each kind of thing
 */
export const stateId = (kind: string, about: string, said: string, updatedAt: string): string =>
  `${kind}:${about}:${said}:${toInstant(updatedAt)}`;

/** Of such an event's id the part that tells what it says of what, whenever it says it. */
export const stateOfEvent = (id: string): string => id.split(":", 4).slice(1).join(":");

/** GitHub's instants have no milliseconds, ours do: one spelling for one instant. */
export const toInstant = (text: string): string => new Date(text).toISOString();
