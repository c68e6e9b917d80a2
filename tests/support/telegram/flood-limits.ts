import { type Limits, Refusal } from "./fake-model";

/** Counts what is sent, in all and to a chat, and refuses what is too much, as Telegram does. */
export function floodLimits(limits: Limits, now: () => number) {
  let lately: number[] = [];
  const lastInChat = new Map<number, number>();
  const counted = { taken: 0, refused: 0 };
  const refuse = (waitMs: number): never => {
    counted.refused += 1;
    const seconds = Math.max(1, Math.ceil(waitMs / 1_000));
    throw new Refusal(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds });
  };
  return {
    counted,
    /** A message to a chat: both limits. An edit, `inChat` null: that of all. */
    take(inChat: number | null): void {
      const at = now();
      lately = lately.filter((taken) => taken > at - 1_000);
      const oldest = lately[0];
      if (lately.length >= limits.perSecond && oldest !== undefined) refuse(oldest + 1_000 - at);
      const last = inChat === null ? undefined : lastInChat.get(inChat);
      if (last !== undefined && at - last < limits.perChatMs) refuse(last + limits.perChatMs - at);
      lately.push(at);
      counted.taken += 1;
      if (inChat !== null) lastInChat.set(inChat, at);
    },
  };
}
