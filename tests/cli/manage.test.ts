import { expect, test } from "vitest";
import { run } from "../../scripts/process/run.mjs";
import { testDatabase } from "../support/database";

const { url } = await testDatabase();

/** A management command as its users run it, without a terminal. */
function manage(args: string[], env: Record<string, string> = {}) {
  return run(process.execPath, ["scripts/manage.mjs", ...args], {
    env: { ...process.env, DATABASE_URL: url, ...env },
  });
}

test("only the result is printed, and a wrong call ends with 2", async () => {
  expect(await manage(["migrate"])).toEqual({ code: 0, output: "Все миграции применены." });
  const wrong = await manage(["nope"]);
  expect(wrong.code).toBe(2);
  expect(wrong.output).toBe("Нет команды «nope». Список: npm run -s manage -- --help");
});

test("a training database refuses the real Kaspi, and check says so", async () => {
  const live = { KASPI: "live" };
  await manage(["seed-demo"]);
  const [refused, checked] = await Promise.all([
    manage(["setup-link"], live),
    manage(["check"], live),
  ]);
  expect(refused.code).toBe(1);
  expect(refused.output).toContain("Эта база создана для учебного Kaspi");
  expect(checked.code).toBe(1);
  expect(checked.output).toContain("задан настоящий (KASPI=live), а у базы учебный");
});
