import type { Tx } from "@/lib/db/client";
import type { Chat } from "./chat-queries";
import { dueIn, type Telling } from "./sending-queries";

/** Deadlines that come together are told together. */
const MOST_LINES = 20;
/** More prices that wait in a row are counted, and answered in the office. */
const MOST_PRICES = 5;
const MOST_DUE = 100;

/** What is due, as far as one message may reach. */
export async function nextIn(tx: Tx, { userId }: Chat, now: Date): Promise<Telling[]> {
  const some = await dueIn(tx, userId, MOST_LINES, now);
  const isMore = some.length === MOST_LINES && some.every(({ kind }) => kind === "price_frozen");
  return isMore ? dueIn(tx, userId, MOST_DUE, now) : some;
}

/** One by one, but deadlines and many prices that stand in a row; what was one message before is one again. */
export function firstMessage(due: readonly Telling[]): Telling[] {
  const [first] = due;
  if (!first) return [];
  const isLike = ({ kind, state, maybeSent }: Telling) =>
    kind === first.kind && state === first.state && maybeSent === first.maybeSent;
  const end = due.findIndex((telling) => !isLike(telling));
  const alike = due.slice(0, end === -1 ? due.length : end);
  if (first.kind === "task_due") return alike.slice(0, MOST_LINES);
  if (first.kind === "price_frozen" && alike.length > MOST_PRICES) return alike;
  return [first];
}
