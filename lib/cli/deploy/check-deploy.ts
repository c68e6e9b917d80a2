import { db } from "@/lib/db/client";
import type { Env } from "@/lib/env";
import { databaseFindings } from "./database-findings";
import { type Finding, unsafe } from "./finding";
import { secretFindings } from "./secret-findings";
import { nodeFinding, settingsFindings } from "./settings-findings";

/** Everything that is unsafe in this installation as it stands, errors first. */
export async function deployFindings(env: Env, now: Date): Promise<Finding[]> {
  const node = nodeFinding(process.versions.node);
  const found = [
    ...settingsFindings(env),
    ...secretFindings(env),
    ...(node ? [node] : []),
    ...(await databaseFindings(db(), env, now).catch(unreachable)),
  ];
  return found.toSorted((a, b) => a.level.localeCompare(b.level));
}

function unreachable(error: unknown): Finding[] {
  const reason = error instanceof Error ? error.message : String(error);
  return [
    unsafe("database", [
      `База не ответила: ${reason}.`,
      "О людях, ключах и заданиях ничего не сказать.",
      "Проверьте DATABASE_URL и запущен ли Postgres.",
    ]),
  ];
}

const marks = { error: "ОПАСНО", warning: "ВНИМАНИЕ" };

/** Prints a line for each; the exit code is 1 when one of them is an error. */
export async function checkDeploy(env: Env, now: Date, json: boolean): Promise<number> {
  const findings = await deployFindings(env, now);
  const isSafe = findings.every(({ level }) => level !== "error");
  if (json) console.log(JSON.stringify({ isSafe, findings }));
  else {
    for (const { level, what, why, todo } of findings)
      console.log(`${marks[level]}  ${what} ${why} Что сделать: ${todo}`);
    if (findings.length === 0) console.log("Небезопасного не нашлось.");
  }
  return isSafe ? 0 : 1;
}
