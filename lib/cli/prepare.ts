import { isAppError } from "@/lib/core/errors";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { bindToKaspi } from "@/lib/workspace/queries";
import { defineCommand } from "./command";
import { migrate } from "./migrate";

/** Everything the database needs before the web starts, in one process: the launcher waits for it. */
export const prepare = defineCommand({
  summary: "Готовит базу к запуску: миграции и выбранный Kaspi. Запускается сама.",
  usage: "",
  options: {},
  async run() {
    const { DATABASE_URL, KASPI } = env();
    await migrate(DATABASE_URL);
    await bind(KASPI);
    return 0;
  },
});

async function bind(kaspi: "twin" | "live"): Promise<void> {
  try {
    await bindToKaspi(db(), kaspi);
  } catch (error) {
    if (!isAppError(error, "conflict")) throw error;
    throw new Error(
      kaspi === "live"
        ? "Эта база создана для учебного Kaspi. Для настоящего нужна другая: задайте DATABASE_URL или DATA_DIR."
        : "Эта база работает с настоящим Kaspi. Запустите с KASPI=live или задайте другой DATA_DIR.",
    );
  }
}
