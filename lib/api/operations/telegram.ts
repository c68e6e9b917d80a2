import { z } from "zod";
import { setLocale } from "@/lib/auth/own-profile";
import { findTelegramUser } from "@/lib/auth/telegram-user";
import { AppError } from "@/lib/core/errors";
import { storable } from "@/lib/core/text";
import type { Tx } from "@/lib/db/client";
import { locales } from "@/lib/i18n/locales";
import { tellingAccess } from "@/lib/telling/access";
import { dialogOf, keepDialog } from "@/lib/telling/dialog-queries";
import { askForLink, confirmLink, setMuted, unlink } from "@/lib/telling/link-account";
import { userOfAccount } from "@/lib/telling/link-queries";
import { tellingOf } from "@/lib/telling/telling-queries";
import { operation } from "../operation";

const tag = "telegram";
const moment = z.iso.datetime();
const accountId = z.int().min(1).max(Number.MAX_SAFE_INTEGER);
const ofAccount = { tag, params: z.object({ telegram_id: z.coerce.number().pipe(accountId) }) };
const locale = z.enum(locales);
/** As BotFather counts them; what a talk holds is little. */
const updateId = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
const LARGEST_STATE = 32_000;
const state = z
  .record(z.string(), z.json())
  .refine((given) => JSON.stringify(given).length <= LARGEST_STATE, { error: "dialog_large" })
  .overwrite((given) => JSON.parse(JSON.stringify(given), storableParts));

/** Names and texts as Postgres can keep them, at any depth. */
function storableParts(_: string, value: unknown): unknown {
  if (typeof value === "string") return storable(value);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [storable(name), part]));
}

const user = z
  .object({
    id: z.uuid(),
    name: z.string(),
    locale,
    time_zone: z.string(),
    muted: z.boolean().describe("They want no notices in Telegram for now"),
  })
  .meta({ id: "TelegramUser" });

async function userAnswer(tx: Tx, telegramId: number): Promise<z.input<typeof user>> {
  const found = await userOfAccount(tx, telegramId);
  if (!found) throw new AppError("not_found", "telegram_not_linked");
  const { id, name, locale: speaks, timeZone: time_zone, mutedAt } = found;
  return { id, name, locale: speaks, time_zone, muted: mutedAt !== null };
}

const dialog = z.object({ state: z.record(z.string(), z.unknown()), update_id: z.int() });

export const telegramOperations = [
  operation({
    id: "askForTelegramLink",
    method: "POST",
    path: "/telegram/link/",
    tag,
    summary: "A one-time token that links a Telegram account, good for 15 minutes",
    scope: "write",
    own: true,
    waits: true,
    answers: {
      201: z.object({
        token: z.string().nullable().describe("Shown this once; null when the answer is repeated"),
        url: z
          .string()
          .nullable()
          .describe(
            "Opens the bot with it; null while Telegram does not say what the bot is called",
          ),
        expires_at: moment,
      }),
    },
    once: ["token", "url"],
    async handle({ caller }) {
      const { token, url, expiresAt } = await askForLink(tellingAccess(), caller);
      return { status: 201, body: { token, url, expires_at: expiresAt.toISOString() } };
    },
  }),
  operation({
    id: "removeTelegramLink",
    method: "DELETE",
    path: "/telegram/link/",
    tag,
    summary: "Unlinks one's own Telegram account; what waits to be told there is dropped",
    scope: "write",
    own: true,
    answers: { 204: null },
    async handle({ caller }) {
      await unlink(tellingAccess(), caller);
      return { status: 204 };
    },
  }),
  operation({
    id: "confirmTelegramLink",
    method: "POST",
    path: "/telegram/confirm/",
    tag,
    summary:
      "Links the account that has shown a token. Refused as token_wrong, token_late, token_used, or account_linked_elsewhere, which the same account asks again with `replace`",
    scope: "bot",
    body: z.strictObject({
      token: z.string().regex(/^[\w-]{1,64}$/, { error: "token_shape" }),
      telegram_id: accountId,
      username: z.string().overwrite(storable).trim().min(1).max(64).optional(),
      replace: z.boolean({ error: "not_yes_or_no" }).default(false),
    }),
    answers: { 200: z.object({ user }) },
    async handle({ body: { telegram_id: telegramId, ...shown } }) {
      const access = tellingAccess();
      await confirmLink(access, { ...shown, telegramId });
      return { body: { user: await userAnswer(access.db, telegramId) } };
    },
  }),
  operation({
    ...ofAccount,
    id: "getTelegramUser",
    method: "GET",
    path: "/telegram/users/{telegram_id}/",
    summary: "Whose account it is",
    scope: "bot",
    answers: { 200: user },
    handle: async ({ params: { telegram_id } }) => ({
      body: await userAnswer(tellingAccess().db, telegram_id),
    }),
  }),
  operation({
    ...ofAccount,
    id: "changeTelegramUser",
    method: "PATCH",
    path: "/telegram/users/{telegram_id}/",
    summary: "What somebody has chosen in the bot: their language, or no notices for now",
    scope: "bot",
    body: z.strictObject({
      locale: locale.optional(),
      muted: z.boolean({ error: "not_yes_or_no" }).optional(),
    }),
    answers: { 200: user },
    async handle({ params: { telegram_id }, body: { locale: chosen, muted } }) {
      const access = tellingAccess();
      const person = await findTelegramUser(access.db, telegram_id);
      if (!person) throw new AppError("not_found", "telegram_not_linked");
      if (chosen) await setLocale(access.db, person, chosen, access.clock());
      if (muted !== undefined) await setMuted(access, person, muted);
      return { body: await userAnswer(access.db, telegram_id) };
    },
  }),
  operation({
    ...ofAccount,
    id: "getDialog",
    method: "GET",
    path: "/telegram/dialogs/{telegram_id}/",
    summary: "Where somebody is in their talk with the bot, and the last update that was answered",
    scope: "bot",
    answers: { 200: dialog },
    async handle({ params: { telegram_id } }) {
      const { db, clock } = tellingAccess();
      const known = await dialogOf(db, telegram_id, clock());
      return { body: { state: known.state, update_id: known.updateId } };
    },
  }),
  operation({
    ...ofAccount,
    id: "keepDialog",
    method: "PUT",
    path: "/telegram/dialogs/{telegram_id}/",
    summary:
      "Keeps where the talk is after an update; 409 when that, or a later one, was kept before",
    scope: "bot",
    body: z.strictObject({ state, update_id: updateId }),
    answers: { 200: dialog },
    async handle({ params: { telegram_id: telegramId }, body }) {
      const { db, clock } = tellingAccess();
      const given = { telegramId, state: body.state, updateId: body.update_id };
      if (!(await db.transaction((tx) => keepDialog(tx, given, clock()))))
        throw new AppError("conflict", "update_taken");
      return { body };
    },
  }),
  operation({
    id: "getTelling",
    method: "GET",
    path: "/telegram/tellings/{id}/",
    tag,
    summary: "What a message of ours in Telegram was about, as it stands now",
    scope: "read",
    params: z.object({ id: z.uuid() }),
    answers: {
      200: z
        .object({
          id: z.uuid(),
          kind: z.string(),
          task_id: z.string().nullable(),
          product_id: z.uuid().nullable(),
          decision_id: z
            .uuid()
            .nullable()
            .describe("The frozen price of the product that waits now; null when none does"),
          price: z.int().nullable().describe("What that price is, whole tenge"),
          price_before: z.int().nullable().describe("What it is instead of, whole tenge"),
        })
        .meta({ id: "Telling" }),
    },
    async handle({ caller, params: { id } }) {
      const telling = await tellingOf(tellingAccess().db, caller, id);
      if (!telling) throw new AppError("not_found");
      const { kind, taskId, productId, decisionId, price, priceBefore } = telling;
      const about = { task_id: taskId, product_id: productId, decision_id: decisionId };
      return { body: { id, kind, ...about, price, price_before: priceBefore } };
    },
  }),
];
