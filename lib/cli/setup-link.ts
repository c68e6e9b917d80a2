import { issueSetupToken } from "@/lib/auth/first-run";
import { systemClock } from "@/lib/core/time";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { defineCommand } from "./command";

export const setupLink = defineCommand({
  summary: "Печатает одноразовую ссылку, по которой создаётся первый владелец.",
  usage: "",
  options: {},
  async run() {
    const token = await issueSetupToken(db(), systemClock());
    if (token) console.log(`${env().NEXTAUTH_URL}/setup?token=${token}`);
    else console.log("Владелец уже есть: войдите или смените пароль командой changepassword.");
    return 0;
  },
});
