import { createVault, vault } from "@/lib/auth/vault";
import { systemClock } from "@/lib/core/time";
import { db } from "@/lib/db/client";
import { pendingMigrations } from "@/lib/db/migrations";
import { type Env, env } from "@/lib/env";
import { anySealed, getWorkspace } from "@/lib/workspace/queries";
import { defineCommand, UsageError } from "./command";
import { checkDeploy } from "./deploy/check-deploy";

type Check = { name: string; run(environment: Env): Promise<string> };

const modes = { twin: "учебный", live: "настоящий" };

/** In order: each needs the ones before it. A failure is thrown, its message says what to do. */
const checks: Check[] = [
  {
    name: "Ключи",
    async run({ ENCRYPTION_KEY, ENCRYPTION_KEYS_OLD }) {
      const vault = createVault(ENCRYPTION_KEY, ENCRYPTION_KEYS_OLD);
      if (vault.open(vault.seal("проба")) !== "проба") throw new Error("шифрование не работает");
      return "заданы";
    },
  },
  {
    name: "База и миграции",
    async run() {
      const pending = await pendingMigrations(db());
      if (pending > 0) throw new Error(`не применено ${pending}: npm run -s manage -- migrate`);
      return "применены все";
    },
  },
  {
    name: "Kaspi",
    async run({ KASPI }) {
      const { kaspi } = await getWorkspace(db());
      if (kaspi !== KASPI) {
        throw new Error(`задан ${modes[KASPI]} (KASPI=${KASPI}), а у базы ${modes[kaspi]}`);
      }
      return modes[kaspi];
    },
  },
  {
    name: "Сохранённые пароли и сессии",
    async run() {
      const sealed = await anySealed(db());
      if (sealed === null) return "ещё нет";
      try {
        vault().open(sealed);
      } catch {
        throw new Error("этим ENCRYPTION_KEY их не открыть: верните прежний в ENCRYPTION_KEYS_OLD");
      }
      return "открываются";
    },
  },
];

export const check = defineCommand({
  summary:
    "Проверяет настройки, ключи, базу, миграции и какой Kaspi помнит база; --deploy: что небезопасно для работы.",
  usage: "[--deploy [--json]]",
  options: { deploy: { type: "boolean" }, json: { type: "boolean" } },
  standsAlone: true,
  async run({ deploy = false, json = false }) {
    const environment = env();
    if (deploy) return checkDeploy(environment, systemClock(), json);
    if (json) throw new UsageError("--json бывает только с --deploy.");
    console.log("Настройки: разобраны");
    for (const { name, run } of checks) {
      try {
        console.log(`${name}: ${await run(environment)}`);
      } catch (error) {
        console.log(`${name}: ОШИБКА, ${error instanceof Error ? error.message : error}`);
        return 1;
      }
    }
    return 0;
  },
});
