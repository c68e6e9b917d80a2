import { readFile } from "node:fs/promises";
import { connectCabinet, twoStores } from "./support/cabinet";
import { inOfficeDatabase } from "./support/office-database";
import { takeScreenshots } from "./support/screenshots";
import { signIn } from "./support/sign-in";
import { expect, test } from "./support/test";
import { twin } from "./support/twin";

const shop = { name: "ИП Сериков Алматы", merchantUid: "30771311" };

test("a list is made, handed to Kaspi by a link and as a file, compared and put back", async ({
  page,
  request,
  expectAccessible,
}) => {
  await signIn(page);
  await connectCabinet(page, twoStores);
  await page.goto("/price-list");
  await page.getByRole("link", { name: shop.name }).click();
  await expect(page.getByText("Прайс-лист ещё не собирали")).toBeVisible();
  // The first walk over the catalogue goes on behind this page.
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("button", { name: "Собрать сейчас" })).toBeVisible();
    expect(await page.getByText("Сейчас список не уйдёт").count()).toBe(0);
  }).toPass();
  await page.getByRole("button", { name: "Собрать сейчас" }).click();
  await expect(page.getByText("Ошибок нет")).toBeVisible();
  await expectAccessible();
  await takeScreenshots(page, "price-list");

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "XML" }).click(),
  ]);
  const xml = await readFile(await download.path(), "utf8");
  expect(xml).toContain(`<merchantid>${shop.merchantUid}</merchantid>`);
  expect(xml).toContain('storeId="30771311_041600"');

  await page.getByRole("button", { name: "Включить ссылку" }).click();
  const asked = page.getByRole("alertdialog");
  await expect(asked.getByText("чего в нём нет, снимается с продажи")).toBeVisible();
  await takeScreenshots(page, "price-list-link-asked");
  await asked.getByRole("button", { name: "Включить", exact: true }).click();
  const link = await page.getByRole("textbox", { name: "Ссылка" }).inputValue();
  const served = await request.get(link);
  expect(served.status()).toBe(200);
  expect(served.headers()["content-encoding"]).toBe("gzip");
  expect(await served.text()).toContain("<kaspi_catalog");
  const etag = served.headers().etag ?? "";
  const again = await request.get(link, { headers: { "if-none-match": etag } });
  expect(again.status()).toBe(304);
  expect((await request.get(link.replace(/feed\/.{5}/, "feed/abcde"))).status()).toBe(404);

  await page.getByRole("button", { name: "Задать пароль" }).click();
  const password = await page.getByRole("textbox", { name: "Пароль" }).inputValue();
  await page.getByRole("button", { name: "Готово" }).click();
  expect((await request.get(link)).status()).toBe(401);
  await twin.setFeed({ merchantUid: shop.merchantUid, url: link, login: "kaspi", password });
  expect(await twin.pullFeed({ merchantUid: shop.merchantUid })).toMatchObject({ status: 200 });
  await page.reload();
  await page.getByText("Кто забирал").click();
  await expect(page.getByText("неверный пароль")).toBeVisible();
  await expectAccessible();
  await takeScreenshots(page, "price-list-link");

  await twin.advance({ ms: 10 * 60_000 });
  await twin.setFault({ name: "file_delay", ms: 0 });
  await page.getByRole("button", { name: "Загрузить в кабинет" }).click();
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: "Загрузить", exact: true })
    .click();
  const uploads = page.getByRole("region", { name: "Загрузки в кабинет" });
  await expect(uploads.getByText("готово")).toBeVisible();
  await expect(uploads.getByText("Kaspi: FLUSHED")).toBeVisible();
  await twin.clearFaults({ name: "file_delay" });
  const files = await twin.priceLists({ merchantUid: shop.merchantUid });
  expect(files.map(({ status, takenOff }) => ({ status, takenOff }))).toEqual([
    { status: "FLUSHED", takenOff: [] },
    { status: "FLUSHED", takenOff: [] },
  ]);

  await page.getByRole("region", { name: "Версии" }).getByRole("link").first().click();
  await expect(page.getByText("Это текущая версия.")).toBeVisible();
  await expectAccessible();
  await takeScreenshots(page, "price-list-version");

  // A price that is higher since.
  await inOfficeDatabase(
    (sql) => sql`update products set price = price + 500, city_prices = null where id = (
      select p.id from products p join stores s on s.id = p.store_id
      where s.name = ${shop.name} and p.on_sale and p.city_prices is null order by p.sku limit 1)`,
  );
  await page.getByRole("main").getByRole("link", { name: "Прайс-лист", exact: true }).click();
  await page.getByRole("button", { name: "Собрать заново" }).click();
  const versions = page.getByRole("region", { name: "Версии" });
  await expect(versions.getByRole("row")).toHaveCount(3);
  await versions.getByRole("link", { name: "1", exact: true }).click();
  await expect(page.getByText("Добавлено 0, убрано 0, изменено 1")).toBeVisible();
  await takeScreenshots(page, "price-list-compared");
  await page.getByRole("button", { name: "Вернуть цены этой версии" }).click();
  const question = page.getByRole("alertdialog");
  await expect(question.getByText("Снизится 1 цена.")).toBeVisible();
  await expectAccessible();
  await takeScreenshots(page, "price-list-back");
  await question.getByRole("button", { name: "Отмена" }).click();
  await page.getByRole("main").getByRole("link", { name: "Прайс-лист", exact: true }).click();
  await page.getByRole("button", { name: "Выключить ссылку" }).click();
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: "Выключить", exact: true })
    .click();
  await expect(page.getByRole("button", { name: "Включить ссылку" })).toBeVisible();
  expect((await request.get(link)).status()).toBe(404);
});
