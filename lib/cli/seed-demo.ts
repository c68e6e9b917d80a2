import { demoOwner } from "@/lib/auth/demo";
import { createOwner, hasUsers } from "@/lib/auth/users";
import { systemClock } from "@/lib/core/time";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { defineCommand, UsageError } from "./command";

/** The owner of the training office, created only where nobody is yet. */
export async function ensureDemoOwner(): Promise<void> {
  if (await hasUsers(db())) return;
  await db().transaction((tx) => createOwner(tx, demoOwner, systemClock()));
}

export const seedDemo = defineCommand({
  summary: "Создаёт владельца учебного офиса, если в нём ещё никого нет.",
  usage: "",
  options: {},
  async run() {
    if (env().KASPI !== "twin") {
      throw new UsageError("Учебный владелец бывает только с учебным Kaspi.");
    }
    await ensureDemoOwner();
    console.log(JSON.stringify({ email: demoOwner.email, password: demoOwner.password }));
    return 0;
  },
});
