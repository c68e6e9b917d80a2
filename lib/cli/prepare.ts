import { admitBotKey } from "@/lib/auth/bot-key";
import { demoOwner } from "@/lib/auth/demo";
import { systemClock } from "@/lib/core/time";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { defineCommand } from "./command";
import { ensureDemoOwner } from "./seed-demo";
import { makeSetupLink } from "./setup-link";

/** One process for all that comes before the web: starting Node several times is what takes long. */
export const prepare = defineCommand({
  summary: "Готовит базу к запуску и говорит, как войти; её вызывает make up.",
  usage: "[--without-demo]",
  options: { "without-demo": { type: "boolean" } },
  async run({ "without-demo": withoutDemo }) {
    const isDemo = env().KASPI === "twin" && !withoutDemo;
    if (isDemo) await ensureDemoOwner();
    const { TELEGRAM_BOT_TOKEN, BOT_API_KEY } = env();
    if (TELEGRAM_BOT_TOKEN && BOT_API_KEY) await admitBotKey(db(), BOT_API_KEY, systemClock());
    if (isDemo) {
      console.log(`Учебный вход: ${demoOwner.email}, пароль ${demoOwner.password}`);
      return 0;
    }
    const link = await makeSetupLink();
    if (link) console.log(`Создайте владельца по одноразовой ссылке: ${link}`);
    return 0;
  },
});
