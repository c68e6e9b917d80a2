import { MINUTE, SECOND } from "@/lib/core/time";
/** Kaspi's known limits. Rates are per second, times in milliseconds. */
export type Limits = {
  writesPerSecond: number;
  writeBan: number;
  offersPerSecond: number;
  offersBan: number;
  loginsPerMinute: number;
};

export const kaspiLimits: Limits = {
  writesPerSecond: 3,
  writeBan: 30 * MINUTE,
  offersPerSecond: 15,
  offersBan: 12 * SECOND,
  loginsPerMinute: 10,
};

/** Counts events per key over a sliding window and bans the key that does too much. */
export class RateLimit {
  readonly #recent = new Map<string, number[]>();
  readonly #bannedUntil = new Map<string, number>();

  /** True when the event goes over the limit, or the key is still banned. */
  refuses(key: string, now: number, rule: { most: number; window: number; ban: number }): boolean {
    if (this.breakLeft(key, now) > 0) return true;
    const recent = (this.#recent.get(key) ?? []).filter((at) => at > now - rule.window);
    recent.push(now);
    this.#recent.set(key, recent);
    if (recent.length <= rule.most) return false;
    this.#bannedUntil.set(key, now + rule.ban);
    this.#recent.delete(key);
    return true;
  }

  /** Milliseconds until the ban of the key ends; 0 when there is none. */
  breakLeft(key: string, now: number): number {
    return Math.max(0, (this.#bannedUntil.get(key) ?? 0) - now);
  }

  forget(): void {
    this.#recent.clear();
    this.#bannedUntil.clear();
  }
}
