import { z } from "zod";
import { AppError, isAppError } from "@/lib/core/errors";
import { SECOND, sleep } from "@/lib/core/time";
import { kaspiAccess } from "@/lib/exits/access";
import { formatMoney } from "@/lib/i18n/money";
import { translator } from "@/lib/i18n/translator";
import { type Cycle, runCycle } from "@/lib/repricing/check/run-cycle";
import { decisionText, stateText } from "@/lib/repricing/decide/reason-text";
import { storesForCycle } from "@/lib/stores/at-work-queries";
import { defineCommand, UsageError } from "./command";

const t = translator("ru");
const seconds = z.coerce.number().int().min(10).max(86_400);

export const demper = defineCommand({
  summary: "Проверяет все товары с включённым ботом и отправляет новые цены; без --once повторяет.",
  usage: "[--once] [--interval СЕКУНДЫ] [--store ID] [--dry-run]",
  options: {
    once: { type: "boolean" },
    interval: { type: "string", default: "300" },
    store: { type: "string" },
    "dry-run": { type: "boolean" },
  },
  async run({ once = false, interval, store, "dry-run": dryRun = false }) {
    const pause = seconds.safeParse(interval);
    if (!pause.success) throw new UsageError("--interval: целое число секунд от 10 до 86400.");
    if (store !== undefined && !z.uuid().safeParse(store).success)
      throw new UsageError("--store: нужен номер магазина из адреса его страницы.");
    const stop = new AbortController();
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());
    for (;;) {
      const failed = await cycle({ storeId: store ?? null, dryRun, signal: stop.signal });
      if (once || stop.signal.aborted) return failed ? 1 : 0;
      await sleep(pause.data * SECOND, stop.signal).catch(() => {});
    }
  },
});

/** One cycle over the stores. True when one of them could not be run at all. */
async function cycle(input: {
  storeId: string | null;
  dryRun: boolean;
  signal: AbortSignal;
}): Promise<boolean> {
  const access = kaspiAccess();
  const stores = await storesForCycle(access.db, input.storeId);
  if (input.storeId && stores.length === 0) throw new AppError("not_found", "store_not_found");
  if (stores.length === 0) console.log("Магазинов нет: подключите магазин в офисе.");
  let failed = false;
  for (const store of stores) {
    if (input.signal.aborted) break;
    try {
      report(store.name, await runCycle(access, store.id, input), input.dryRun);
    } catch (error) {
      if (input.signal.aborted) break;
      if (!isAppError(error)) throw error;
      failed = true;
      console.log(`${store.name}: цикл не прошёл (${error.message})`);
    }
  }
  return failed;
}

function report(name: string, cycle: Cycle | null, dryRun: boolean): void {
  if (!cycle) {
    console.log(`${name}: товаров с включённым ботом нет.`);
    return;
  }
  const { counts, changes, unread } = cycle;
  const mode = dryRun ? " Пробный прогон: ничего не отправлено." : "";
  console.log(
    `${name}: проверено ${counts.checked}, изменений ${counts.changes}, рынок не прочитан у ${counts.unread}.${mode}`,
  );
  for (const change of changes) {
    const prices = [change.priceBefore, change.price].map((price) =>
      price === null ? "—" : formatMoney(price, "ru"),
    );
    const fate = dryRun ? "не отправляем" : stateText(t, "ru", change);
    const { sku, cityName } = change;
    console.log(
      `  ${[sku, cityName].filter(Boolean).join(", ")}  ${prices.join(" → ")}  ${fate}  ${decisionText(t, "ru", change)}  ${change.name}`,
    );
  }
  for (const { sku, name: product, why } of unread)
    console.log(
      `  ${sku}  ${decisionText(t, "ru", { reason: "stale_offers", params: { why } })}  ${product}`,
    );
}
