import { newApiKey } from "@/lib/auth/api-key";
import { admitBotKey } from "@/lib/auth/bot-key";
import { systemClock } from "@/lib/core/time";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { defineCommand } from "./command";

const trouble = {
  revoked: "Этот ключ отозван. Возьмите новый: manage bot-key --new, и впишите его в BOT_API_KEY.",
  no_owner: "Владельца ещё нет: создайте его и повторите.",
};

export const botKey = defineCommand({
  summary: "Впускает бота Telegram по ключу BOT_API_KEY; с --new делает новый ключ и печатает его.",
  usage: "[--new]",
  options: { new: { type: "boolean" } },
  async run({ new: isNew = false }) {
    const key = isNew ? newApiKey() : env().BOT_API_KEY;
    if (!key) {
      console.error("BOT_API_KEY не задан. Новый ключ: manage bot-key --new.");
      return 1;
    }
    const admitted = await admitBotKey(db(), key, systemClock());
    if (admitted === "revoked" || admitted === "no_owner") {
      console.error(trouble[admitted]);
      return 1;
    }
    console.log(isNew ? key : "Бот впущен.");
    return 0;
  },
});
