import { z } from "zod";
import { AppError } from "@/lib/core/errors";
import { kaspiAccess } from "@/lib/exits/access";
import { translator } from "@/lib/i18n/translator";
import { storesToDiagnose } from "@/lib/stores/diagnose/diagnose-queries";
import { diagnoseStore } from "@/lib/stores/diagnose/diagnose-store";
import type { StepLine } from "@/lib/stores/diagnose/model";
import { stepLine } from "@/lib/stores/diagnose/step-text";
import { defineCommand, UsageError } from "./command";

const t = translator("ru");
const marks: Record<StepLine["kind"], string> = { ok: "да ", failed: "НЕТ", skipped: "—  " };

/** Walks what pricing rests on, store by store. Exit code 1: something does not work. */
export const checkKaspi = defineCommand({
  summary:
    "Проверяет связь с Kaspi по шагам: адрес, вход, магазины, товары, рынок, право менять цены. Ничего не меняет.",
  usage: "[--store ID] [--json]",
  options: { store: { type: "string" }, json: { type: "boolean" } },
  async run({ store, json = false }) {
    if (store !== undefined && !z.uuid().safeParse(store).success)
      throw new UsageError("--store: нужен номер магазина из адреса его страницы.");
    const access = kaspiAccess();
    const stores = await storesToDiagnose(access.db, store ?? null);
    if (store !== undefined && stores.length === 0)
      throw new AppError("not_found", "store_not_found");
    const results = [];
    for (const { id, name } of stores) {
      const { steps } = await diagnoseStore(access, null, id);
      const lines = steps.map((step) => stepLine(t, "ru", step));
      results.push({ storeId: id, name, steps: lines });
      if (!json) report(name, lines);
    }
    const isFine = results.every(({ steps }) => steps.every(({ kind }) => kind !== "failed"));
    if (json) console.log(JSON.stringify({ isFine, stores: results }));
    else if (stores.length === 0) console.log("Магазинов нет: подключите магазин в офисе.");
    return isFine ? 0 : 1;
  },
});

function report(name: string, lines: StepLine[]): void {
  console.log(`${name}:`);
  for (const { step, kind, ms, text } of lines) {
    const took = ms === null ? "" : ` ${ms} мс.`;
    console.log(`  ${marks[kind]}  ${t(`diagnose.step.${step}`)}:${took} ${text}`);
  }
}
