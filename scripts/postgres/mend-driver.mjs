import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "../paths.mjs";
import { whenRun } from "../process/when-run.mjs";

/**
 * postgres 3.4.9 writes to a connection that has closed in the middle of a transaction: the process
 * gets an uncaught error, and that connection of the pool never sends anything again (its issues
 * 1154 and 1208). After a restart of the database every tenth query would hang for half a minute.
 */
const mends = [
  {
    before: "  function nextWrite(fn) {\n    const x = socket.write(chunk, fn)\n",
    after: [
      "  function nextWrite(fn) {",
      "    if (socket === null) {",
      "      chunk = nextWriteTimer = null",
      "      const lost = Errors.connection('CONNECTION_CLOSED', options)",
      "      query && queryError(query, lost)",
      "      while (sent.length) queryError(sent.shift(), lost)",
      "      return false",
      "    }",
      "    const x = socket.write(chunk, fn)",
      "",
    ].join("\n"),
  },
  {
    before:
      "    incomings = null\n    clearImmediate(nextWriteTimer)\n    socket.removeListener('data', data)\n",
    after:
      "    incomings = null\n    clearImmediate(nextWriteTimer)\n    chunk = nextWriteTimer = null\n    socket.removeListener('data', data)\n",
  },
  {
    before:
      "    !hadError && (query || sent.length) && error(Errors.connection('CONNECTION_CLOSED', options, socket))\n",
    after:
      "    (query || sent.length) && error(Errors.connection('CONNECTION_CLOSED', options, socket))\n    query = errorResponse = null\n",
  },
];

/** Mends the installed driver, once. A driver that is built otherwise is not guessed at. */
export function mendDriver() {
  for (const folder of ["src", "cjs/src"]) {
    const file = path.join(root, "node_modules/postgres", folder, "connection.js");
    if (!existsSync(file)) continue;
    const source = readFileSync(file, "utf8");
    if (mends.every(({ after }) => source.includes(after))) continue;
    if (!mends.every(({ before }) => source.includes(before)))
      throw new Error(`Драйвер postgres изменился: пересмотрите scripts/postgres/mend-driver.mjs.`);
    const mended = mends.reduce((text, { before, after }) => text.replace(before, after), source);
    writeFileSync(`${file}.mended`, mended);
    renameSync(`${file}.mended`, file);
  }
}

await whenRun(import.meta, async () => mendDriver());
