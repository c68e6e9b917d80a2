import { issueSetupToken } from "@/lib/auth/first-run";
import { systemClock } from "@/lib/core/time";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { defineCommand } from "./command";

/** A new one-time link for the first owner, or null when there is one already. */
export async function makeSetupLink(): Promise<string | null> {
  const token = await issueSetupToken(db(), systemClock());
  return token && `${env().NEXTAUTH_URL}/setup?token=${token}`;
}

export const setupLink = defineCommand({
  summary: "Печатает одноразовую ссылку, по которой создаётся первый владелец.",
  usage: "",
  options: {},
  async run() {
    const link = await makeSetupLink();
    console.log(link ?? "Владелец уже есть: войдите или смените пароль командой changepassword.");
    return 0;
  },
});
