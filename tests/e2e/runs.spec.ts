import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { inOfficeDatabase } from "./support/office-database";
import { takeScreenshots } from "./support/screenshots";
import { signIn } from "./support/sign-in";
import { connectSmallShop, smallShopCard } from "./support/small-shop";
import { expect, test } from "./support/test";
import { twin } from "./support/twin";

const phone = { width: 390, height: 844 };
const panel = (page: Page, title: string) => page.getByRole("region", { name: title });

/** A refresh of products that Kaspi has refused for good; answers the run's id. */
const refusedSync = () =>
  inOfficeDatabase(async (sql) => {
    const [id, progress] = [randomUUID(), randomUUID()];
    const [store] = await sql`select id from stores where archived_at is null limit 1`;
    const storeId = String(store?.id);
    await sql`insert into runs (id, kind, store_id, status, done, total, error_key, started_at, finished_at)
      values (${progress}, 'sync', ${storeId}, 'failed', 30, 100, 'kaspi_rejected', now(), now())`;
    const event = {
      id: randomUUID(),
      name: "store/sync.requested",
      data: { storeId, runId: progress },
    };
    await sql`insert into jobs.run (id, job, event, state, concurrency_keys, queued_at, started_at, finished_at, error)
      values (${id}, 'sync-store', ${sql.json(event)}, 'failed', '{}', now(), now(), now(),
        ${sql.json({ name: "Error", message: "kaspi_rejected" })})`;
    return { id, progress };
  });

/** A run that sends prices, for as long as nobody deletes it. */
const sending = () =>
  inOfficeDatabase(async (sql) => {
    const id = randomUUID();
    const [store] = await sql`select id from stores where archived_at is null limit 1`;
    const storeId = String(store?.id);
    const event = { id: randomUUID(), name: "store/publish.requested", data: { storeId } };
    await sql`insert into jobs.run (id, job, event, state, concurrency_keys, queued_at, started_at)
      values (${id}, 'publish-prices', ${sql.json(event)}, 'running', '{}', now(), now())`;
    return { id, storeId };
  });

test.describe.configure({ mode: "serial" });

test.beforeEach(async ({ page }) => {
  await twin.clearFaults();
  await signIn(page);
});

test.afterAll(async () => {
  await twin.clearFaults();
});

test("what runs is shown live, and can be cancelled", async ({ page, expectAccessible }) => {
  await connectSmallShop(page);
  await page.goto("/runs");
  const now = panel(page, "Идёт сейчас");
  await expect(now).toContainText("Сейчас ничего не делается");
  await expect(panel(page, "По расписанию")).toContainText("вовремя");

  await twin.setFault({ name: "slow", ms: 12_000, at: ["list"] });
  await page.goto("/stores");
  await smallShopCard(page).getByRole("button", { name: "Обновить товары" }).click();
  await page.getByRole("link", { name: "Работа" }).first().click();
  const sync = now.getByRole("listitem").filter({ hasText: "Обновление товаров" });
  await expect(sync).toContainText("Айгерим");
  await expect(sync).toContainText("Спрашиваем у Kaspi список товаров");
  await inOfficeDatabase(
    (sql) => sql`update runs set done = 31, total = 75 where status = 'running'
      returning pg_notify('duken_runs', id::text)`,
  );
  await expect(sync).toContainText("Читаем товары31 из 75");
  await expectAccessible();
  await takeScreenshots(page, "runs");

  await sync.getByRole("button", { name: "Отменить" }).click();
  const question = page.getByRole("alertdialog");
  await expect(question).toContainText("Само начнётся снова через 15 минут");
  await question.getByRole("button", { name: "Отменить работу" }).click();
  await expect(question).toBeHidden();
  await expect(sync).toBeHidden();
  await page.goto("/runs/history?kind=sync-store&state=cancelled");
  await expect(page.getByRole("row", { name: /Обновление товаров/ })).toContainText("отменено");
});

test("prices that are being sent are not cancelled but held back in their store", async ({
  page,
  expectAccessible,
}) => {
  const { id, storeId } = await sending();
  await page.goto("/runs");
  const run = panel(page, "Идёт сейчас").getByRole("listitem").filter({ hasText: "Отправка цен" });
  await expect(run.getByRole("button", { name: "Отменить" })).toBeHidden();
  await run.getByRole("link", { name: "Отправка цен" }).click();
  await expect(page).toHaveURL(new RegExp(`/runs/${id}$`));
  await expectAccessible();
  await page.getByRole("link", { name: "остановите отправку или поставьте магазин" }).click();
  await expect(page).toHaveURL(new RegExp(`/stores/${storeId}#hold$`));
  await expect(panel(page, "Придержать магазин")).toBeInViewport();
  await inOfficeDatabase((sql) => sql`delete from jobs.run where id = ${id}`);
});

test("a failure is said in words and is done again by one press", async ({
  page,
  expectAccessible,
}) => {
  const { id, progress } = await refusedSync();
  await page.goto("/runs");
  const failed = panel(page, "Не получилось").getByRole("listitem");
  await expect(failed).toContainText("Kaspi отказал. Цены и товары прежние.");
  await expectAccessible();
  await takeScreenshots(page, "runs-failed");

  await test.step("its own page says why, with what and in which steps", async () => {
    await failed.getByRole("link", { name: "Обновление товаров" }).click();
    await expect(page).toHaveURL(new RegExp(`/runs/${id}$`));
    await expect(page.getByText("Kaspi отказал. Цены и товары прежние.")).toBeVisible();
    await page.getByText("Для разработчика").click();
    await expect(page.getByText("Error: kaspi_rejected")).toBeVisible();
    await expect(panel(page, "С чем запущено")).toContainText(progress);
    await expectAccessible();
    await takeScreenshots(page, "run");
  });

  await test.step("the API tells the same, with and without a slash", async () => {
    for (const path of [`/api/v1/runs/${progress}/`, `/api/v1/runs/${progress}`]) {
      const answer = await page.request.get(path, { maxRedirects: 0 });
      expect(answer.status()).toBe(200);
      expect(await answer.json()).toMatchObject({
        id: progress,
        kind: "sync",
        status: "failed",
        done: 30,
        total: 100,
        error: "Kaspi отказал. Цены и товары прежние.",
      });
    }
    const none = await page.request.get(`/api/v1/runs/${randomUUID()}/`);
    expect([none.status(), (await none.json()).code]).toEqual([404, "not_found"]);
  });

  await page.getByRole("button", { name: "Повторить" }).click();
  await expect(page.getByText("Поставлено в очередь снова.")).toBeVisible();
  await page.getByRole("link", { name: "Открыть повтор" }).click();
  await expect(page).not.toHaveURL(new RegExp(`/runs/${id}$`));
  await page.getByRole("link", { name: "Запуск, который не получился" }).click();
  await expect(page).toHaveURL(new RegExp(`/runs/${id}$`));
  await expect(page.getByRole("link", { name: "Открыть повтор" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Повторить" })).toBeHidden();
  await page.goto("/runs");
  await expect(panel(page, "Не получилось")).toContainText("в итоге получилось");
});

test("strangers are told nothing, and a run that is not there is not found", async ({
  page,
  request,
  expectedConsoleErrors,
}) => {
  expectedConsoleErrors.push(/404/);
  const id = randomUUID();
  for (const path of [`/api/v1/runs/${id}/`, "/runs/events"])
    expect((await request.get(path)).status()).toBe(401);
  await page.goto(`/runs/${id}`);
  await expect(page.getByRole("heading", { name: "Такого запуска нет" })).toBeVisible();
});

test("a schedule that is late is said on every page, and goes by itself", async ({
  page,
  expectAccessible,
}) => {
  await inOfficeDatabase(async (sql) => {
    await sql`update jobs.job set last_success_at = now() - interval '5 hours'
      where id = 'snapshot-places'`;
  });
  await page.goto("/settings");
  const banner = page.getByRole("status").filter({ hasText: "Фоновая работа отстаёт" });
  await expect(banner).toContainText("Подсчёт первых мест");
  await banner.getByRole("link", { name: "Посмотреть" }).click();
  await expect(panel(page, "По расписанию")).toContainText("опаздывает");
  await expectAccessible();
  await takeScreenshots(page, "runs-late");

  await inOfficeDatabase(async (sql) => {
    await sql`update jobs.job set next_at = now() where id = 'snapshot-places'`;
    await sql`select pg_notify('duken_jobs', 'work')`;
  });
  await expect(banner).toBeHidden();
});

test("the history is narrowed in its address, on a phone too", async ({
  page,
  expectAccessible,
}) => {
  await page.goto("/runs/history");
  await page.getByLabel("Что", { exact: true }).selectOption({ label: "Обновление товаров" });
  await expect(page).toHaveURL(/kind=sync-store/);
  await page.getByLabel("Итог", { exact: true }).selectOption({ label: "Готово" });
  await expect(page).toHaveURL(/state=completed/);
  await expect(page.getByRole("row").filter({ hasText: "готово" }).first()).toBeVisible();
  await expectAccessible();
  await takeScreenshots(page, "runs-history");
  await page.getByLabel("Кто", { exact: true }).selectOption({ label: "Айгерим" });
  await expect(page).toHaveURL(/person=/);

  await page.setViewportSize(phone);
  await page.getByRole("button", { name: "Сбросить" }).click();
  await expect(page).toHaveURL(/\/runs\/history$/);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBeLessThanOrEqual(0);
  await expectAccessible();
});
