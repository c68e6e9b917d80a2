import { z } from "zod";
import { mailingAccess } from "@/lib/mailings/access";
import { refusalOf, sendByCommand, type Verbosity } from "@/lib/mailings/runs/by-command";
import { defineCommand, UsageError } from "./command";

const mailingId = z.coerce.number().int().positive().max(2_147_483_647);
const levels: Record<string, Verbosity> = { 0: 0, 1: 1, 2: 2, 3: 3 };

export const sendMailing = defineCommand({
  summary: "Отправить созданную рассылку и дождаться конца. Код 1: не всем.",
  usage: "<id> [-v 0|1|2|3]",
  options: { verbosity: { type: "string", short: "v", default: "1" } },
  positionals: ["id"],
  async run({ verbosity }, [id = ""]) {
    const level = levels[verbosity];
    if (level === undefined) throw new UsageError("Ключ -v бывает 0, 1, 2 или 3.");
    const known = mailingId.safeParse(id);
    if (!known.success) {
      console.error(`Рассылка с ID ${id} не найдена`);
      return 1;
    }
    const say = { line: console.log, fault: level === 0 ? console.error : console.log };
    try {
      const run = await sendByCommand(mailingAccess(), known.data, level, say);
      return run.state === "completed" && run.failed + run.unknown === 0 ? 0 : 1;
    } catch (error) {
      const words = refusalOf(error, known.data);
      if (words === null) throw error;
      console.error(words);
      return 1;
    }
  },
});
