import { Refusal, type Update } from "./fake-model";

type Waiting = { update: Update; done: () => void };
type Webhook = { url: string; secret: string | undefined; lastError: string | undefined };
type Poll = { end: (conflict: boolean) => void };

const kindOf = (update: Update) => Object.keys(update).find((key) => key !== "update_id") ?? "";
/** Telegram tries again; here soon. */
const AGAIN_MS = 50;

/** What the bot has not heard of yet, and how it hears of it: by asking, or at its webhook. */
export function updateQueue() {
  let nextId = 1_000;
  let waiting: Waiting[] = [];
  let allowed: readonly string[] | null = null;
  let poll: Poll | null = null;
  let webhook: Webhook | null = null;
  let posting = false;

  function confirmBefore(offset: number): void {
    const [done, rest] = partition(waiting, ({ update }) => update.update_id < offset);
    waiting = rest;
    for (const { done: tell } of done) tell();
  }

  const unheard = (limit: number) =>
    waiting
      .filter(({ update }) => allowed === null || allowed.includes(kindOf(update)))
      .slice(0, limit)
      .map(({ update }) => update);

  async function postAll(): Promise<void> {
    if (posting) return;
    posting = true;
    while (webhook && waiting[0]) {
      const { update } = waiting[0];
      const trouble = await postOne(webhook, update);
      if (trouble === null) confirmBefore(update.update_id + 1);
      else {
        webhook.lastError = trouble;
        await new Promise((again) => setTimeout(again, AGAIN_MS).unref());
      }
    }
    posting = false;
  }

  return {
    /** Resolves when the bot is done with it: it has asked for what comes after, or its webhook has said so. */
    put(content: Omit<Update, "update_id"> & { update_id?: number }): Promise<void> {
      const update = { update_id: nextId++, ...content } as Update;
      const heard = new Promise<void>((done) => waiting.push({ update, done }));
      if (webhook) postAll();
      else poll?.end(false);
      return heard;
    },

    async get(offset: number, limit: number, waitMs: number, kinds?: readonly string[]) {
      if (webhook)
        throw new Refusal(
          409,
          "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
        );
      poll?.end(true);
      if (kinds) allowed = kinds;
      if (offset < 0) confirmBefore((waiting.at(offset) ?? waiting[0])?.update.update_id ?? 0);
      else confirmBefore(offset);
      if (unheard(limit).length > 0 || waitMs === 0) return unheard(limit);
      const conflict = await new Promise<boolean>((resolve) => {
        const late = setTimeout(() => resolve(false), waitMs);
        poll = {
          end(taken) {
            clearTimeout(late);
            poll = null;
            resolve(taken);
          },
        };
      });
      if (conflict)
        throw new Refusal(
          409,
          "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
        );
      return unheard(limit);
    },

    listenAt(next: { url: string; secret: string | undefined } | null, kinds?: readonly string[]) {
      webhook = next && { ...next, lastError: undefined };
      if (kinds) allowed = kinds;
      poll?.end(true);
      postAll();
    },
    drop: () => confirmBefore(Number.POSITIVE_INFINITY),
    info: () => ({
      url: webhook?.url ?? "",
      has_custom_certificate: false,
      pending_update_count: waiting.length,
      ...(webhook?.lastError && { last_error_message: webhook.lastError }),
    }),
    stop() {
      webhook = null;
      poll?.end(false);
    },
  };
}

async function postOne({ url, secret }: Webhook, update: Update): Promise<string | null> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(secret && { "x-telegram-bot-api-secret-token": secret }),
      },
      body: JSON.stringify(update),
    });
    await response.arrayBuffer();
    return response.ok ? null : `Wrong response from the webhook: ${response.status}`;
  } catch {
    return "Connection refused";
  }
}

function partition<T>(all: readonly T[], is: (one: T) => boolean): [T[], T[]] {
  return [all.filter(is), all.filter((one) => !is(one))];
}
