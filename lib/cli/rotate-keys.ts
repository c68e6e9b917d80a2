import { rotateKeys } from "@/lib/auth/rotate-keys";
import { vault } from "@/lib/auth/vault";
import { db } from "@/lib/db/client";
import { defineCommand } from "./command";

/** Exit code 1: something is sealed with a key that is not given. */
export const rotateKeysCommand = defineCommand({
  summary:
    "Перешифровывает всё сохранённое нынешним ENCRYPTION_KEY. Офис может работать; прервать можно в любой момент.",
  usage: "[--json]",
  options: { json: { type: "boolean" } },
  async run({ json = false }) {
    const columns = await rotateKeys(db(), vault());
    const isWhole = columns.every(({ unopened }) => unopened.length === 0);
    if (json) {
      console.log(JSON.stringify({ isWhole, columns }));
      return isWhole ? 0 : 1;
    }
    for (const { name, resealed, unopened } of columns) {
      console.log(`${name}: перешифровано ${resealed}`);
      for (const id of unopened) console.log(`  не открывается ни одним ключом: ${id}`);
    }
    console.log(
      isWhole
        ? "Всё зашифровано нынешним ключом: ENCRYPTION_KEYS_OLD можно убрать."
        : "Есть строки под неизвестным ключом: верните его в ENCRYPTION_KEYS_OLD и повторите.",
    );
    return isWhole ? 0 : 1;
  },
});
