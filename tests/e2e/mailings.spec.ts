import type { Page } from "@playwright/test";
import Excel from "exceljs";
import { demoOwner } from "@/lib/auth/demo";
import { builtInGroups } from "@/lib/auth/permission-model";
import { agree } from "./support/cabinet";
import { office } from "./support/office";
import { inOfficeDatabase } from "./support/office-database";
import { takeScreenshots } from "./support/screenshots";
import { signIn } from "./support/sign-in";
import { letIn } from "./support/somebody";
import { expect, test } from "./support/test";

// A letter is shown in a frame that may run nothing; what looks into it is told so.
test.use({ expectedConsoleErrors: [/^Blocked script execution in 'about:srcdoc'/] });

const manager = {
  email: "mail-manager@example.kz",
  name: "Мадина Смотрящая",
  password: "of the manager",
};
const overseers = "Смотрят за рассылками";
const subject = "Новинки декабря";
const table = [
  "Адрес;Имя;Метки;Комментарий",
  "aliya@supplier.kz;Алия Смагулова;поставщики;Платит по пятницам",
  "bolat@supplier.kz;Болат Жумабаев;поставщики;",
  "dana@supplier.kz;Дана;поставщики, опт;",
  "no-name@supplier.kz;;поставщики;",
  "BOLAT@supplier.kz;Ещё раз Болат;поставщики;",
  "это не адрес;Некто;;",
].join("\r\n");

/** Where a newest run's letters stand, as nothing on a page can bring it about: a server that refused, a sender that died. */
const letLettersFail = (mailingId: string) =>
  inOfficeDatabase(async (sql) => {
    const [run] = await sql`
      select id from mailing_runs where mailing_id = ${mailingId} order by number desc limit 1`;
    await sql`
      update attempts set status = 'failure', smtp_code = 451,
        server_response = '451 4.7.1 Greylisted, try again later'
      where run_id = ${run?.id ?? null} and email = 'bolat@supplier.kz'`;
    await sql`
      update attempts set status = 'unknown', reason = 'interrupted'
      where run_id = ${run?.id ?? null} and email = 'dana@supplier.kz'`;
    await sql`
      update mailing_runs set succeeded = succeeded - 2, failed = 1, unknown = 1
      where id = ${run?.id ?? null}`;
  });

/** Into a group with a manager's rights over mailings; whoever leaves it has none left. */
const makeManager = () =>
  inOfficeDatabase(
    (sql) => sql`
      with made as (insert into groups (name) values (${overseers}) returning id),
        rights as (insert into group_permissions (group_id, permission)
          select made.id, name from made, unnest(${[...builtInGroups.managers.permissions]}::text[]) name)
      insert into user_groups (user_id, group_id)
      select users.id, made.id from users, made where email = ${manager.email}`,
  );
const endManagers = () =>
  inOfficeDatabase((sql) => sql`delete from groups where name = ${overseers}`);

const letterOf = (page: Page, email: string) =>
  page.getByRole("table", { name: "Письма отправки" }).getByRole("row").filter({ hasText: email });
const runs = (page: Page) => page.getByRole("table", { name: "Отправки" });

test("a seller's mailing from its letter to whoever has got it", async ({
  page,
  browser,
  expectAccessible,
}) => {
  await signIn(page);

  await test.step("nothing is there yet", async () => {
    await page.goto("/mailings");
    await expect(page.getByRole("heading", { name: "Рассылок пока нет" })).toBeVisible();
    await expectAccessible();
    await takeScreenshots(page, "mailings-none");
    await page.goto("/mailings/new");
    await expect(page.getByRole("heading", { name: "Сначала письмо" })).toBeVisible();
  });

  await test.step("recipients come from a table, which is looked at first", async () => {
    await page.goto("/mailings/recipients");
    await page.getByRole("link", { name: "Загрузить таблицу" }).click();
    await page.locator("input[type=file]").setInputFiles({
      name: "suppliers.csv",
      mimeType: "text/csv",
      buffer: Buffer.from(table, "utf8"),
    });
    await page.getByRole("button", { name: "Посмотреть, кого добавим" }).click();
    await expect(page.getByText("Этот адрес уже есть в строке 3.")).toBeVisible();
    await expectAccessible();
    await takeScreenshots(page, "recipients-import");
    await page.getByRole("button", { name: "Сохранить 4 получателей" }).click();
    await page.getByRole("link", { name: "К получателям" }).click();
    await expect(page.getByRole("row").filter({ hasText: "aliya@supplier.kz" })).toBeVisible();
    await expectAccessible();
    await takeScreenshots(page, "recipients");
  });

  await test.step("a letter is written, shown with somebody's words, tried", async () => {
    await page.goto("/mailings/messages");
    await expect(page.getByRole("heading", { name: "Писем пока нет" })).toBeVisible();
    await page.getByRole("link", { name: "Новое письмо" }).first().click();
    await page.getByLabel("Тема", { exact: true }).fill(subject);
    await page.getByLabel("Текст", { exact: true }).fill("Здравствуйте, {{first_name}}");
    await page
      .getByLabel("Оформление (HTML)")
      .fill(
        '<p>Здравствуйте, <b>{{first_name}}</b></p><script>alert(1)</script><p><a href="{{unsubscribe}}">Отписаться</a></p>',
      );
    await page.getByRole("button", { name: "Создать письмо" }).click();
    await page.waitForURL(/\/mailings\/messages\/[0-9a-f-]{36}$/);
    await page.locator("input[type=file]").setInputFiles({
      name: "price.txt",
      mimeType: "text/plain",
      buffer: Buffer.from("Чайник 12 990", "utf8"),
    });
    await expect(page.getByRole("link", { name: "price.txt" })).toBeVisible();
    await expect(page.getByLabel("Оформление (HTML)")).not.toHaveValue(/script/);
    await page.getByLabel("Глазами получателя").fill("aliya@supplier.kz");
    await page.getByRole("button", { name: "Показать", exact: true }).click();
    await expect(page.frameLocator("iframe").getByText("Алия")).toBeVisible();
    await page.getByRole("button", { name: "Отправить себе" }).click();
    await expect(page.getByText(/^Почтовый сервер принял письмо для/)).toBeVisible();
    await expectAccessible();
    await takeScreenshots(page, "letter");
    await page.goto("/mailings/messages");
    await takeScreenshots(page, "letters");
  });

  let mailingId = "";
  await test.step("a mailing is made and rehearsed", async () => {
    await page.goto("/mailings/new");
    await page.getByLabel("Всем: 4 получателя").uncheck();
    await page.getByRole("button", { name: "Создать рассылку" }).click();
    await expect(page.getByText("Отправлять некому. Выберите получателей.").first()).toBeVisible();
    await page.getByLabel("поставщики (4)").check();
    await expectAccessible();
    await takeScreenshots(page, "mailing-new");
    await page.getByRole("button", { name: "Создать рассылку" }).click();
    await page.waitForURL(/\/mailings\/\d+$/);
    mailingId = new URL(page.url()).pathname.split("/").at(-1) ?? "";
    const rehearsal = page.getByRole("region", { name: "Что будет, если отправить сейчас" });
    await expect(rehearsal).toContainText("Письмо получат 4 человека.");
    await expect(rehearsal).toContainText("У 1 получателя нет имени");
    await expect(
      rehearsal
        .frameLocator("iframe")
        .first()
        .getByText(/Здравствуйте/),
    ).toBeVisible();
    await expectAccessible();
    await takeScreenshots(page, "mailing-created");
  });

  await test.step("it is sent, and each letter says what came of it", async () => {
    await agree(page, page.getByRole("button", { name: "Отправить", exact: true }), "Отправить");
    await expect(page.getByRole("main").getByText("Завершена").first()).toBeVisible();
    await expect(letterOf(page, "no-name@supplier.kz")).toContainText("Отправлено");
    await expectAccessible();
  });

  await test.step("the letters lie in the mailbox of the training office", async () => {
    await page.goto("/mailings/mailbox");
    await takeScreenshots(page, "mailbox");
    const letters = page.getByRole("listitem").filter({ hasText: subject });
    await expect(letters).toHaveCount(5);
    await letters.filter({ hasText: "aliya@supplier.kz" }).getByRole("link").click();
    await expect(page.getByText("Attachment: price.txt")).toBeVisible();
    await expect(page.frameLocator("iframe").getByText("Алия")).toBeVisible();
    await expectAccessible();
    await takeScreenshots(page, "mailbox-letter");
  });

  await test.step("who follows the link of a letter gets no more of them", async () => {
    const headers = await page.getByText(/^From: /).textContent();
    const link = /<(\S+)\/now>/.exec(headers ?? "")?.[1] ?? "";
    expect(new URL(link).pathname).toMatch(/^\/unsubscribe\//);
    const stranger = await browser.newContext({ baseURL: office().url, locale: "ru-RU" });
    const there = await stranger.newPage();
    await there.goto(new URL(link).pathname);
    await expect(there.getByText("aliya@supplier.kz")).toBeVisible();
    await takeScreenshots(there, "unsubscribe");
    await there.getByRole("button", { name: "Отписаться" }).click();
    await expect(there.getByRole("heading", { name: "Вы отписались" })).toBeVisible();
    await stranger.close();
  });

  await test.step("what failed and what nobody knows is sent again by choice", async () => {
    await letLettersFail(mailingId);
    await page.goto(`/mailings/${mailingId}`);
    await expect(letterOf(page, "bolat@supplier.kz")).toContainText("451 4.7.1 Greylisted");
    await expectAccessible();
    await takeScreenshots(page, "mailing-failed");
    await page.getByLabel("Что вышло", { exact: true }).selectOption("failure");
    await expect(letterOf(page, "dana@supplier.kz")).toBeHidden();
    await expect(letterOf(page, "bolat@supplier.kz")).toBeVisible();
    await agree(
      page,
      page.getByRole("button", { name: "Повторить неудачные" }),
      "Повторить неудачные",
    );
    await expect(runs(page).getByRole("row").filter({ hasText: "#2" })).toContainText("Завершена");
    await page.goto(`/mailings/${mailingId}?run=1`);
    await expect(page.getByRole("button", { name: "Повторить неудачные" })).toBeHidden();
    const again = page.getByRole("button", { name: "Отправить ещё раз: dana@supplier.kz" });
    await agree(page, again, "Отправить ещё раз");
    await expect(runs(page).getByRole("row").filter({ hasText: "#3" })).toContainText("Завершена");
    await expectAccessible();
    await takeScreenshots(page, "mailing");
  });

  await test.step("its letters are a file", async () => {
    await page.goto(`/mailings/${mailingId}?run=1`);
    await page.getByRole("button", { name: "Скачать" }).click();
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Excel" }).click();
    const book = new Excel.Workbook();
    await book.xlsx.readFile(await (await download).path());
    expect(book.worksheets[0]?.rowCount).toBe(5);
  });

  await test.step("sent anew, it passes over who has left", async () => {
    await agree(page, page.getByRole("button", { name: "Отправить заново" }), "Отправить заново");
    const rehearsal = page.getByRole("region", { name: "Что будет, если отправить сейчас" });
    await expect(rehearsal).toContainText("Письмо получат 3 человека. 1 отписался.");
    await page.goto("/mailings");
    await expect(page.getByRole("link", { name: subject })).toBeVisible();
    const figures = page.getByRole("region", { name: "Рассылки в числах" });
    await expect(figures.getByRole("row").filter({ hasText: demoOwner.name })).toBeVisible();
    await expectAccessible();
    await takeScreenshots(page, "mailings");
  });

  await test.step("a manager sees it, and may only switch it off", async () => {
    await letIn(manager);
    await makeManager();
    const theirs = await browser.newContext({ baseURL: office().url, locale: "ru-RU" });
    const there = await theirs.newPage();
    await signIn(there, manager);
    await there.goto(`/mailings/${mailingId}`);
    await expect(there.getByRole("heading", { level: 1 })).toHaveText(subject);
    await expect(there.getByRole("button", { name: "Отправить", exact: true })).toBeHidden();
    await takeScreenshots(there, "mailing-of-another");
    await there.getByRole("button", { name: "Выключить" }).click();
    await expect(there.getByText("Выключена", { exact: true })).toBeVisible();
    await expect(there.getByRole("button", { name: "Включить" })).toBeHidden();
    await there.goto("/mailings/new");
    await expect(
      there.getByRole("heading", { name: "Писать и отправлять вам нельзя" }),
    ).toBeVisible();
    await theirs.close();
    await endManagers();
  });

  await page.goto(`/mailings/${mailingId}`);
  await page.getByRole("button", { name: "Включить" }).click();
  await agree(page, page.getByRole("button", { name: "Удалить" }), "Удалить");
  await expect(page.getByRole("heading", { name: "Рассылок пока нет" })).toBeVisible();
});
