import "./node-version.mjs";
import { rmSync } from "node:fs";
import path from "node:path";
import { bin, cache, root } from "./paths.mjs";
import { readText, writeWhole } from "./process/files.mjs";
import { withLock } from "./process/lock.mjs";
import { runVisibly } from "./process/run.mjs";
import { whenRun } from "./process/when-run.mjs";
import { sourcesHash } from "./sources-hash.mjs";

const output = path.join(root, ".next");
const stamp = path.join(output, "built-from");

/** True when `.next` holds a whole build of the sources as they are. */
export function isBuilt() {
  return readText(path.join(output, "BUILD_ID")) !== null && readText(stamp) === sourcesHash(root);
}

/** Builds the application unless it is built; needs neither a database nor configuration. */
export async function ensureBuilt() {
  await withLock(
    path.join(cache, "build.lock"),
    async () => {
      if (isBuilt()) return;
      const hash = sourcesHash(root);
      rmSync(stamp, { force: true });
      const code = await runVisibly(process.execPath, [bin.next, "build"], {
        cwd: root,
        env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
      });
      if (code !== 0) throw new Error(`next build закончился с кодом ${code}.`);
      writeWhole(stamp, hash);
    },
    () => console.log("Приложение уже собирает другой запуск, жду…"),
  );
}

await whenRun(import.meta, ensureBuilt);
