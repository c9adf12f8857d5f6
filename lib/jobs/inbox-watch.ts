import { createLogger } from "@/lib/core/logger";
import { drainInbox } from "@/lib/ingest/github/drain-inbox";
import { enqueueFollowing } from "./enqueue";

const log = createLogger("inbox");

/** The dashboards follow GitHub within seconds; jobs that run by the clock do so by the minute. */
const LOOK_EVERY_MS = 2000;

/** Looks into the inbox every two seconds, and has what it says looked at at once. */
export class InboxWatch {
  private timer: NodeJS.Timeout | null = null;
  private looking: Promise<void> = Promise.resolve();
  private stopped = false;

  start(): void {
    this.timer = setTimeout(() => {
      this.looking = this.look();
    }, LOOK_EVERY_MS);
  }

  /** Resolves when nothing is under way any more. */
  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
    await this.looking;
  }

  private async look(): Promise<void> {
    try {
      const taken = await drainInbox(new Date());
      if (taken > 0) await enqueueFollowing();
    } catch (error) {
      log.error({ err: error }, "the inbox could not be read");
    }
    if (!this.stopped) this.start();
  }
}
