import { z } from "zod";
import { AppError } from "@/lib/core/errors";
import { db } from "@/lib/db/client";
import { type LedgerVerdict, verifyLedgers } from "@/lib/repricing/ledger/verify-ledger";
import { defineCommand, UsageError } from "./command";

const flaws: Record<LedgerVerdict["flaws"][number]["why"], string> = {
  gap: "перед ним не хватает решений",
  previous: "не продолжает предыдущее решение",
  inputs: "изменены исходные данные",
  hash: "изменено само решение",
  differs: "по этим данным правила решают иначе",
  unreadable: "исходные данные не читаются",
  price_before: "изменена прежняя цена",
  observation: "изменена ссылка на рынок",
  end: "журнал кончается не там, где должен",
};

/** Proves that nobody has changed the ledger of decisions. Exit code 1: somebody has. */
export const verify = defineCommand({
  summary:
    "Проверяет журнал решений: цепочку хешей и, заново решая, каждое решение бота по нынешним правилам.",
  usage: "[--store ID] [--json]",
  options: { store: { type: "string" }, json: { type: "boolean" } },
  async run({ store, json = false }) {
    if (store !== undefined && !z.uuid().safeParse(store).success)
      throw new UsageError("--store: нужен номер магазина из адреса его страницы.");
    const onStore = json ? undefined : report;
    const verdicts = await verifyLedgers(db(), {
      storeId: store ?? null,
      ...(onStore && { onStore }),
    });
    if (store !== undefined && verdicts.length === 0)
      throw new AppError("not_found", "store_not_found");
    const isWhole = verdicts.every((verdict) => verdict.flaws.length === 0);
    if (json) console.log(JSON.stringify({ isWhole, stores: verdicts }));
    else if (verdicts.length === 0) console.log("Решений ещё нет.");
    return isWhole ? 0 : 1;
  },
});

function report({ storeName, prunedTo, head, checked, flaws: found }: LedgerVerdict): void {
  const { replayed, by_person: byPerson, older_rules: older, market_gone: gone } = checked;
  const byHash = byPerson + older + gone;
  const begin =
    prunedTo > 0 ? ` Решения до ${prunedTo} удалены по сроку, цепочка идёт от них.` : "";
  console.log(
    `${storeName}: ${found.length === 0 ? "журнал цел" : "ЖУРНАЛ ИЗМЕНЁН"}.` +
      ` Решено заново ${replayed}, проверено по хешу ${byHash}` +
      ` (людей ${byPerson}, по прежним правилам ${older}, без сохранённого рынка ${gone}).${begin}`,
  );
  for (const { seq, why } of found) console.log(`  решение ${seq}: ${flaws[why]}`);
  console.log(`  последнее: ${head.seq}, хеш ${head.hash}`);
}
