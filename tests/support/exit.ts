import { type Tenge, tenge } from "@/lib/core/money";
import type { DecisionInput } from "@/lib/repricing/decide/model";
import type { ExitInput } from "@/lib/repricing/send/gate-rules";
import { noon } from "./pricing";

export type ExitOver = {
  decision?: Partial<ExitInput["decision"]>;
  product?: Partial<ExitInput["product"]>;
  kaspi?: Partial<NonNullable<ExitInput["kaspi"]>> | null;
  sendingStopped?: boolean;
  now?: Date;
  readAt?: Date;
};

/** What meets the gate: a bot's 999 in place of the 1,100 that Kaspi shows; floor 900, ceiling 1,200. */
export function exitOf(over: ExitOver): ExitInput {
  const { now = noon, readAt = now, sendingStopped = false } = over;
  return {
    now,
    decision: {
      price: tenge(999),
      origin: "bot",
      believed: tenge(1100),
      marketSeen: true,
      decidedAt: noon,
      cardId: "card",
      ...over.decision,
    },
    product: {
      botEnabled: true,
      manualLock: false,
      floor: tenge(900),
      ceiling: tenge(1200),
      anchor: null,
      earnings: null,
      markup: null,
      intervalMinutes: 5,
      ...over.product,
    },
    kaspi:
      over.kaspi === null
        ? null
        : { price: tenge(1100), onSale: true, pending: false, cardId: "card", ...over.kaspi },
    readAt,
    sendingStopped,
  };
}

/** The same price as it was decided, while nothing has moved since. */
export function unmovedExit(
  { rule, current, anchor, now, manualLock, onSale }: DecisionInput,
  price: Tenge,
  product: ExitOver["product"] = {},
): ExitInput {
  const { enabled: botEnabled, floor, ceiling, intervalMinutes } = rule;
  const known = { botEnabled, manualLock, floor, ceiling, anchor, intervalMinutes };
  return exitOf({
    now,
    decision: { price, believed: current, decidedAt: now },
    product: { ...known, ...product },
    kaspi: { price: current, onSale },
  });
}
