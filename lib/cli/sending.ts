import { systemClock } from "@/lib/core/time";
import { db } from "@/lib/db/client";
import { setSendingStopped } from "@/lib/workspace/queries";
import { defineCommand } from "./command";

/** The kill switch without the browser. */
export const stopSending = defineCommand({
  summary: "Останавливает отправку цен во всех магазинах; возобновляется только вручную.",
  usage: "",
  options: {},
  async run() {
    await setSendingStopped(db(), null, true, systemClock());
    console.log("Отправка цен остановлена во всех магазинах. Возобновить: resume-sending.");
    return 0;
  },
});

export const resumeSending = defineCommand({
  summary: "Возобновляет отправку цен, остановленную кнопкой или командой.",
  usage: "",
  options: {},
  async run() {
    await setSendingStopped(db(), null, false, systemClock());
    console.log("Отправка цен возобновлена.");
    return 0;
  },
});
