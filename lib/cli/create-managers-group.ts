import { z } from "zod";
import { builtInGroups } from "@/lib/auth/permission-model";
import { systemClock } from "@/lib/core/time";
import { db } from "@/lib/db/client";
import { translator } from "@/lib/i18n/translator";
import { createManagersGroup as create } from "@/lib/people/managers-group";
import { defineCommand } from "./command";
import { parseInput } from "./parse-input";

const verbositySchema = z.coerce.number().int().min(0).max(3);

const said = {
  created: "Группа создана",
  changed: "Группа исправлена",
  same: "Группа уже такая, как надо",
};

export const createManagersGroup = defineCommand({
  summary: "Создаёт группу «Managers» или возвращает ей её права; -v 2 называет каждое.",
  usage: "[-v 0…3]",
  options: { verbosity: { type: "string", short: "v", default: "1" } },
  async run({ verbosity }) {
    const level = parseInput(verbositySchema, verbosity);
    const { outcome, added, removed } = await create({ db: db(), clock: systemClock });
    if (level === 0) return 0;
    const { name, permissions } = builtInGroups.managers;
    console.log(`${said[outcome]}: «${name}», прав ${permissions.length}.`);
    if (level < 2) return 0;
    const t = translator("ru");
    for (const permission of permissions) {
      const mark = added.includes(permission) ? "+" : "=";
      console.log(`  ${mark} ${permission} (${t(`permissions.name.${permission}`)})`);
    }
    for (const permission of removed) console.log(`  - ${permission}`);
    return 0;
  },
});
