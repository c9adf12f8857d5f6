/** A database that a command may use for as long as it runs. */
type OpenDatabase = {
  url: string;
  /** Stops the server again if this command had to start it. */
  close(): Promise<void>;
};

/** What the entry script gives to the commands. */
export type CliContext = {
  /** The directory that the user stands in; relative paths in arguments refer to it. */
  cwd: string;
  /** The directory of the checkout or the image. */
  root: string;
  /** The version of Fleetgauge. */
  version: string;
  /**
   * DATABASE_URL, or the embedded server of a running start, or one started for this command; migrated in any case.
   * @throws {AppError} with the reason when there is none
   */
  openDatabase(): Promise<OpenDatabase>;
};
