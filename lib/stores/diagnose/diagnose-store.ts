import { askCabinet } from "@/lib/accounts/ask-cabinet";
import type { Caller } from "@/lib/auth/model";
import { AppError, isAppError } from "@/lib/core/errors";
import type { KaspiAccess } from "@/lib/exits/access";
import { readMarket } from "@/lib/exits/read-market";
import type { UnseenReason } from "@/lib/exits/through-exits";
import { cabinetWay } from "@/lib/exits/way";
import { listMerchants } from "@/lib/kaspi/merchants";
import { listOwnOffers } from "@/lib/kaspi/own-offers";
import type { CabinetSession } from "@/lib/kaspi/session";
import { checkWritePermission } from "@/lib/kaspi/write-permission";
import { anyMarketOf, findWritableStore } from "./diagnose-queries";
import type { Diagnosis, StepName, StepResult } from "./model";

type Ask = () => Promise<number | null | "nothing">;

/**
 * Walks what pricing rests on and changes nothing: the exit, the session, the shops of the login,
 * the list, a market, and whether prices may be written. A session that has died is renewed as any
 * job would. Every step has its time and its result; after a failure of the cabinet its other steps
 * are not asked.
 */
export async function diagnoseStore(
  access: KaspiAccess,
  caller: Caller | null,
  storeId: string,
  signal?: AbortSignal,
): Promise<Diagnosis> {
  const store = await findWritableStore(access.db, caller, storeId);
  const { accountId, merchantId, officialOnly } = store;
  const at = access.clock();
  const all: StepName[] = ["exit", "session", "merchants", "list", "offers", "writes"];
  if (officialOnly)
    return { at, steps: all.map((step) => ({ step, kind: "skipped", why: "official_only" })) };

  async function inside<T>(
    name: "session" | "list" | "prices",
    work: (cabinet: CabinetSession) => Promise<T>,
  ) {
    if (accountId === null) throw new AppError("needs_reauth");
    const channel = { name, of: name === "session" ? accountId : storeId };
    return askCabinet(access, { accountId, channel }, work, signal);
  }

  let merchants: Awaited<ReturnType<typeof listMerchants>> = [];
  const asks: Record<StepName, Ask> = {
    async exit() {
      await cabinetWay(access, accountId);
      return null;
    },
    async session() {
      merchants = await inside("session", listMerchants);
      return merchants.length;
    },
    async merchants() {
      if (merchants.some(({ uid }) => uid === merchantId)) return merchants.length;
      throw new AppError("kaspi_rejected", "merchant_not_in_login");
    },
    list: () =>
      inside("list", async (cabinet) => {
        const query = { merchantUid: merchantId, page: 0, pageSize: 1, onSale: true };
        return (await listOwnOffers(cabinet, query)).total;
      }),
    async offers() {
      const market = await anyMarketOf(access.db, storeId);
      if (!market) return "nothing";
      const read = await readMarket(access, { storeId, ...market }, signal);
      if (read.kind === "seen") return read.total;
      throw unseen[read.why]();
    },
    async writes() {
      await inside("prices", (cabinet) => checkWritePermission(cabinet, merchantId));
      return null;
    },
  };

  const steps: StepResult[] = [];
  for (const step of all) {
    const isClosed = steps.some((one) => one.kind === "failed" && one.step !== "offers");
    // The shop window is another house: it is asked even when the cabinet is closed.
    if (isClosed && step !== "offers") steps.push({ step, kind: "skipped", why: "before" });
    else steps.push(await timed(step, asks[step], signal));
  }
  return { at, steps };
}

const unseen: Record<UnseenReason, () => AppError> = {
  address_refused: () => new AppError("kaspi_address_refused", "market_address_refused"),
  throttled: () => new AppError("kaspi_throttled", "market_throttled"),
  unreachable: () => new AppError("kaspi_unreachable", "market_unreachable"),
  malformed: () => new AppError("kaspi_malformed", "market_malformed"),
  no_exit: () => new AppError("unavailable", "market_no_exit"),
};

async function timed(
  step: StepName,
  ask: Ask,
  signal: AbortSignal | undefined,
): Promise<StepResult> {
  const began = performance.now();
  const ms = () => Math.round(performance.now() - began);
  try {
    const figure = await ask();
    if (figure === "nothing") return { step, kind: "skipped", why: "nothing" };
    return { step, kind: "ok", ms: ms(), figure };
  } catch (error) {
    signal?.throwIfAborted();
    if (!isAppError(error)) throw error;
    const { kind, key, params, retryAfterMs = null } = error;
    return { step, kind: "failed", ms: ms(), error: kind, key, params, retryAfterMs };
  }
}
