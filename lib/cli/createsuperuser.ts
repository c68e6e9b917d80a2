import { newUserSchema } from "@/lib/auth/model";
import { createOwner } from "@/lib/auth/users";
import { systemClock } from "@/lib/core/time";
import { db } from "@/lib/db/client";
import { givenOrAsked, givenOrAskedUnseen } from "./ask";
import { defineCommand } from "./command";
import { parseInput } from "./parse-input";

export const createSuperuser = defineCommand({
  summary: "Создаёт владельца со всеми правами; спрашивает только то, чего нет в ключах.",
  usage: "[--email АДРЕС] [--name ИМЯ] [--password ПАРОЛЬ]",
  options: {
    email: { type: "string" },
    name: { type: "string" },
    password: { type: "string" },
  },
  async run({ email, name, password }) {
    const owner = parseInput(newUserSchema, {
      email: await givenOrAsked(email, "--email", "Почта: "),
      name: await givenOrAsked(name, "--name", "Имя: "),
      password: await givenOrAskedUnseen(password, "--password", "Пароль: "),
    });
    await db().transaction((tx) => createOwner(tx, owner, systemClock()));
    console.log(`Владелец ${owner.email} создан.`);
    return 0;
  },
});
