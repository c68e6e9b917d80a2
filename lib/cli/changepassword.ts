import { z } from "zod";
import { emailSchema, newPasswordSchema } from "@/lib/auth/model";
import { changePassword as setPassword } from "@/lib/auth/users";
import { systemClock } from "@/lib/core/time";
import { db } from "@/lib/db/client";
import { givenOrAskedUnseen } from "./ask";
import { defineCommand } from "./command";
import { parseInput } from "./parse-input";

const inputSchema = z.object({ email: emailSchema, password: newPasswordSchema });

export const changePassword = defineCommand({
  summary: "Меняет пароль пользователя и завершает все его сеансы.",
  usage: "<почта> [--password ПАРОЛЬ]",
  options: { password: { type: "string" } },
  positionals: ["email"],
  async run({ password }, [email]) {
    const input = parseInput(inputSchema, {
      email,
      password: await givenOrAskedUnseen(password, "--password", "Новый пароль: "),
    });
    const changed = await db().transaction((tx) =>
      setPassword(tx, input.email, input.password, systemClock()),
    );
    console.log(changed ? "Пароль изменён." : `Пользователя ${input.email} нет.`);
    return changed ? 0 : 1;
  },
});
