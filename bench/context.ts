/** What the entry script gives to the commands. */
export interface BenchContext {
  /** The directory of the checkout. */
  root: string;
  /** The directory that the user stands in; relative paths in arguments refer to it. */
  cwd: string;
  /** Takes a lock file for this process. @returns how to give it back, or null when another process holds it */
  lock(file: string): Promise<(() => void) | null>;
  /** Makes the production build, if the sources changed since the last one. */
  build(): Promise<void>;
  /** The Chromium for measurements in a browser; null when there is none and none can be installed. */
  findChromium(): Promise<string | null>;
}
