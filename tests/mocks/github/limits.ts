const HOUR_MS = 3_600_000;

/** A primary limit: so much an hour. */
export class HourlyLimit {
  private used = 0;
  private resetAt: number;
  /** Most that was used in any hour. */
  highest = 0;
  /** Requests that came when nothing was left. */
  refused = 0;

  constructor(
    readonly limit: number,
    private readonly now: () => Date,
  ) {
    this.resetAt = now().getTime() + HOUR_MS;
  }

  private roll(): void {
    const now = this.now().getTime();
    if (now < this.resetAt) return;
    this.used = 0;
    this.resetAt = now + HOUR_MS;
  }

  /** @returns whether there was enough left */
  take(cost: number): boolean {
    this.roll();
    if (this.used + cost > this.limit) {
      this.refused += 1;
      return false;
    }
    this.used += cost;
    this.highest = Math.max(this.highest, this.used);
    return true;
  }

  state(): { limit: number; remaining: number; used: number; resetAt: Date } {
    this.roll();
    return { limit: this.limit, remaining: this.limit - this.used, used: this.used, resetAt: new Date(this.resetAt) };
  }

  headers(resource: string): Record<string, string> {
    const { limit, remaining, resetAt, used } = this.state();
    return {
      "x-ratelimit-limit": String(limit),
      "x-ratelimit-remaining": String(remaining),
      "x-ratelimit-used": String(used),
      "x-ratelimit-reset": String(Math.ceil(resetAt.getTime() / 1000)),
      "x-ratelimit-resource": resource,
    };
  }
}
