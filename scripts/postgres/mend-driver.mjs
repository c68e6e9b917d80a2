import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "../paths.mjs";
import { whenRun } from "../process/when-run.mjs";

/**
 * What postgres 3.4.9 does wrong when its connection is lost in a transaction (its issues 1154, 1208):
 * the transaction goes on asking, on a connection that is closed or, worse, already somebody else's,
 * where its rollback ends their transaction. And a query under way when the socket fails is never answered.
 * @type {{ file: string, before: string, after: string }[]}
 */
const mends = [
  {
    file: "index.js",
    before: "      , connection\n      , prepare = null\n",
    after: "      , connection\n      , lost = null\n      , prepare = null\n",
  },
  {
    file: "index.js",
    before: "new Promise((_, reject) => connection.onclose = reject)",
    after: "new Promise((_, reject) => connection.onclose = e => reject(lost = e))",
  },
  {
    file: "index.js",
    before:
      "        q.catch(e => uncaughtError || (uncaughtError = e))\n        c.queue === full\n",
    after:
      "        q.catch(e => uncaughtError || (uncaughtError = e))\n        lost ? q.reject(lost) : c.queue === full\n",
  },
  {
    file: "connection.js",
    before:
      "    incomings = null\n    clearImmediate(nextWriteTimer)\n    socket.removeListener('data', data)\n",
    after:
      "    incomings = null\n    clearImmediate(nextWriteTimer)\n    chunk = nextWriteTimer = null\n    socket.removeListener('data', data)\n",
  },
  {
    file: "connection.js",
    before:
      "    !hadError && (query || sent.length) && error(Errors.connection('CONNECTION_CLOSED', options, socket))\n",
    after:
      "    void ((query || sent.length) && error(Errors.connection('CONNECTION_CLOSED', options, socket)))\n    query = errorResponse = null\n",
  },
];

/** Mends the installed driver, once. A driver that is built otherwise is not guessed at. */
export function mendDriver() {
  for (const folder of ["src", "cjs/src"])
    for (const name of new Set(mends.map(({ file }) => file)))
      mend(
        path.join(root, "node_modules/postgres", folder, name),
        mends.filter(({ file }) => file === name),
      );
}

/**
 * @param {string} file
 * @param {{ before: string, after: string }[]} changes
 */
function mend(file, changes) {
  if (!existsSync(file)) return;
  const source = readFileSync(file, "utf8");
  if (changes.every(({ after }) => source.includes(after))) return;
  if (!changes.every(({ before }) => source.includes(before)))
    throw new Error("Драйвер postgres изменился: пересмотрите scripts/postgres/mend-driver.mjs.");
  const mended = changes.reduce((text, { before, after }) => text.replace(before, after), source);
  writeFileSync(`${file}.mended`, mended);
  renameSync(`${file}.mended`, file);
}

await whenRun(import.meta, async () => mendDriver());
