import { emailSchema } from "@/lib/auth/model";
import { dropTwoFactorOf } from "@/lib/auth/two-factor";
import { systemClock } from "@/lib/core/time";
import { db } from "@/lib/db/client";
import { defineCommand } from "./command";
import { parseInput } from "./parse-input";

export const dropTwoFactor = defineCommand({
  summary: "Снимает второй шаг входа: для того, кто потерял телефон и резервные коды.",
  usage: "<почта>",
  options: {},
  positionals: ["email"],
  async run(_options, [given]) {
    const email = parseInput(emailSchema, given);
    const done = await db().transaction((tx) => dropTwoFactorOf(tx, email, systemClock()));
    console.log(done ? "Второй шаг снят: вход только по паролю." : `Пользователя ${email} нет.`);
    return done ? 0 : 1;
  },
});
