import { AppError, isAppError } from "@/lib/core/errors";
import { HOUR, later, SECOND } from "@/lib/core/time";
import type { Tx } from "@/lib/db/client";
import { translator } from "@/lib/i18n/translator";
import { log } from "@/lib/log";
import type { Words } from "@/lib/telegram/client";
import type { TellingAccess } from "./access";
import { dropWaiting, updateLink } from "./link-queries";
import { restChat, SILENT, settle, type Telling, triedInVain } from "./sending-queries";
import { holdAll } from "./slot-queries";
import type { Taken } from "./take-message";
import { messageOf } from "./words";

const CHAT_MS = SECOND;
/** Telegram is away: nothing is tried before. */
const REST_MS = 30 * SECOND;
/** Nobody knows whether it arrived: each try may be one message more, so they become rare. */
const LONGEST_REST_MS = 6 * HOUR;

/** `away`: nothing else would be taken now either. */
export type Came = "sent" | "not taken" | "away";

/** One message, and what came of it. */
export async function sendMessage(access: TellingAccess, taken: Taken): Promise<Came> {
  const { db, clock, telegram } = access;
  const { chat, told, rows, leaseUntil } = taken;
  try {
    const messageId = await telegram?.send(chat.telegramId, wordsFor(access, taken));
    await db.transaction(async (tx) => {
      const now = clock();
      const sent = { sentAt: now, messageId: messageId ?? null, trouble: null };
      if (await settle(tx, rows, leaseUntil, { state: "sent", ...sent }))
        await restChat(tx, chat.userId, later(now, CHAT_MS));
    });
    return "sent";
  } catch (error) {
    if (!isAppError(error)) throw error;
    log.info({ telling: told[0].id, kind: error.kind }, "a telling was not taken");
    return db.transaction((tx) => noteFailure(tx, taken, error, clock()));
  }
}

/** What cannot be put in words is put away: it would only come back. */
function wordsFor({ officeUrl }: TellingAccess, { chat, told }: Taken): Words {
  const { locale } = chat.caller;
  try {
    return messageOf({ t: translator(locale), locale, timeZone: chat.timeZone, officeUrl }, told);
  } catch (error) {
    log.error({ err: error, telling: told[0].id }, "a telling cannot be said");
    throw new AppError("telegram_refused", "telegram_refused", { params: { said: "no words" } });
  }
}

/** What is refused is over; what Telegram did not take waits, in its place, for it to take some again. */
async function noteFailure(
  tx: Tx,
  { chat, rows, leaseUntil }: Taken,
  { kind, params, retryAfterMs = REST_MS }: AppError,
  now: Date,
): Promise<Came> {
  const said = String(params.said ?? kind);
  const waits = { state: "waiting" as const, trouble: kind };
  const rest = later(now, kind === "telegram_throttled" ? retryAfterMs : REST_MS);
  switch (kind) {
    case "telegram_blocked":
      await settle(tx, rows, leaseUntil, { state: "dropped", trouble: said });
      await updateLink(tx, chat.userId, { blockedAt: now });
      await dropWaiting(tx, chat.userId, "blocked");
      return "not taken";
    case "telegram_refused":
      await settle(tx, rows, leaseUntil, { state: "failed", trouble: said });
      await restChat(tx, chat.userId, later(now, CHAT_MS));
      return "not taken";
    case SILENT:
      await settle(tx, rows, leaseUntil, { ...waits, maybeSent: true });
      await restChat(tx, chat.userId, later(now, restAfter(rows)));
      break;
    default:
      await settle(tx, rows, leaseUntil, { ...waits, ...triedInVain });
      await restChat(tx, chat.userId, rest);
  }
  await holdAll(tx, rest);
  return kind === "telegram_throttled" ? "not taken" : "away";
}

/** Half a minute, and twice as long after each try. */
function restAfter(rows: readonly Telling[]): number {
  const tries = Math.max(...rows.map(({ attempts }) => attempts));
  return Math.min(REST_MS * 2 ** tries, LONGEST_REST_MS);
}
