import { HOUR, MINUTE } from "@/lib/core/time";
import { digits } from "@/lib/kaspi-twin/seeded";

export type SentCode = { to: string; channel: "mail" | "sms"; code: string; at: number };

const PAUSE = MINUTE;
const MOST_PER_HOUR = 5;

/** The codes that were mailed or texted, and how often one may ask for another. */
export class SentCodes {
  readonly #sent: SentCode[] = [];

  constructor(readonly seed: string) {}

  send(channel: SentCode["channel"], to: string, now: number): string {
    const code = digits(6, this.seed, "code", this.#sent.length);
    this.#sent.push({ to, channel, code, at: now });
    return code;
  }

  /** Why no code may go out now, with the milliseconds to wait; null when it may. */
  hindrance(to: string, now: number): { flood: "pause" | "too_many"; wait: number } | null {
    const lastHour = this.#sent.filter((one) => one.to === to && one.at > now - HOUR);
    const [oldest] = lastHour;
    if (oldest && lastHour.length >= MOST_PER_HOUR) {
      return { flood: "too_many", wait: oldest.at + HOUR - now };
    }
    const last = lastHour.at(-1);
    return last && last.at > now - PAUSE ? { flood: "pause", wait: last.at + PAUSE - now } : null;
  }

  last(to?: string): SentCode | null {
    return this.#sent.findLast((one) => to === undefined || one.to === to) ?? null;
  }
}
