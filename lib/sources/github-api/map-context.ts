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

/** GitHub's instants have no milliseconds, ours do: one spelling for one instant. */
export const toInstant = (text: string): string => new Date(text).toISOString();
