import { z } from "zod";
import { later } from "@/lib/core/time";
import type { Translator } from "@/lib/i18n/translator";
import type { ConnectResult, ConnectStep } from "@/lib/stores/model";
import type { Answered } from "../operation";

const id = z.uuid();
const success = z.literal(true);
const merchant = z.object({ merchant_id: z.string(), name: z.string().nullable() });

export const connectedAnswer = z
  .object({
    success,
    store_id: id.describe("The first one's, as name and is_replaced"),
    name: z.string(),
    message: z.string().describe("In the caller's language"),
    is_replaced: z.boolean().describe("The store was there before: its login is new"),
    stores: z.array(
      z.object({
        store_id: id,
        merchant_id: z.string(),
        name: z.string(),
        is_replaced: z.boolean(),
      }),
    ),
    refused: z.array(merchant).describe("Shops of the login that belong to another user"),
  })
  .meta({ id: "ConnectedStores" });

export const codeRequired = z
  .object({
    success,
    status: z.literal("code_required"),
    session_id: id.describe("What the code is sent back with"),
    expires_at: z.iso.datetime(),
  })
  .meta({ id: "CodeRequired" });

export const chooseMerchant = z
  .object({
    success,
    status: z.literal("choose_merchant"),
    session_id: id.describe("What the choice is sent back with, to authenticate"),
    expires_at: z.iso.datetime(),
    merchants: z.array(merchant),
  })
  .meta({ id: "ChooseMerchant" });

export const waitingAnswer = z.discriminatedUnion("status", [codeRequired, chooseMerchant]);

type Telling = { now: Date; t: Translator; status?: 200 | 202 };

/** Where connecting stands, in the words of the contract. `status`: of one that waits. */
export function loginAnswer(step: ConnectStep, { now, t, status = 202 }: Telling): Answered {
  if (step.kind === "done") return { body: connected(step.result, t) };
  const session = {
    success: true,
    session_id: step.pendingId,
    expires_at: later(now, step.expiresInMs).toISOString(),
  };
  if (step.kind === "needs_code") return { status, body: { ...session, status: "code_required" } };
  const merchants = step.merchants.map(({ uid, name }) => ({ merchant_id: uid, name }));
  return { status: 202, body: { ...session, status: "choose_merchant", merchants } };
}

function connected(result: ConnectResult, t: Translator): z.input<typeof connectedAnswer> {
  const stores = result.stores.map(({ storeId, merchantId, name, isReplaced }) => ({
    store_id: storeId,
    merchant_id: merchantId,
    name,
    is_replaced: isReplaced,
  }));
  const [first] = stores;
  if (!first) throw new Error("a login that has connected nothing is refused before");
  const { store_id, name, is_replaced } = first;
  const refused = result.refused.map(({ merchantId, name: called }) => ({
    merchant_id: merchantId,
    name: called,
  }));
  return {
    success: true,
    store_id,
    name,
    message: message(result, t),
    is_replaced,
    stores,
    refused,
  };
}

function message({ stores, refused }: ConnectResult, t: Translator): string {
  const isOld = stores.every(({ isReplaced }) => isReplaced);
  return [
    `${t("stores.connect.connected", { count: stores.length })}.`,
    t(isOld ? "stores.connect.nextAgain" : "stores.connect.nextNew"),
    ...(refused.length > 0
      ? [
          `${t("stores.connect.refused", { count: refused.length })}.`,
          t("stores.connect.refusedWhy"),
        ]
      : []),
  ].join(" ");
}
