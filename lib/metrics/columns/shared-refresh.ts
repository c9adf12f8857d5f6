/**
 * Lets everybody who asks at about the same time wait for one refresh. Whoever asks gets a state that holds whatever was
 * committed before: the refresh that is running may have read earlier, so they share the one after it.
 */
export class SharedRefresh<Value> {
  /** Ends when the running refresh has ended, well or not. */
  private running: Promise<unknown> = Promise.resolve();
  /** The refresh that has not begun yet. */
  private waiting: Promise<Value> | null = null;

  constructor(private readonly refresh: () => Promise<Value>) {}

  /** A refresh that begins after this call. */
  next(): Promise<Value> {
    if (this.waiting === null) {
      this.waiting = this.running.then(() => {
        this.waiting = null;
        return this.refresh();
      });
      this.running = this.waiting.catch(() => undefined);
    }
    return this.waiting;
  }
}
