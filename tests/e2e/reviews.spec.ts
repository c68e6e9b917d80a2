import Excel from "exceljs";
import { takeScreenshots } from "./support/screenshots";
import { signIn } from "./support/sign-in";
import { connectSmallShop, goodsFor, smallShop } from "./support/small-shop";
import { expect, test } from "./support/test";
import { twin } from "./support/twin";

const { merchantUid, name: shopName } = smallShop;
const readNow = { name: new RegExp(`^Прочитать сейчас ?: ${shopName}`) };

test("what buyers say: of one's shop, of any card, as a file", async ({
  page,
  expectAccessible,
}) => {
  await signIn(page);
  await connectSmallShop(page);
  const goods = await goodsFor("reviews");
  const { cardId } = await twin.offer({ merchantUid, sku: goods.sku });
  await twin.silenceReviews({ cardId });
  await twin.addReviews({ cardId, count: 240, days: 300, merchantUid: "Sulpak" });
  await twin.addReviews({ cardId, count: 60, days: 90, merchantUid, rating: 4 });
  await twin.addReview({
    ...{ cardId, merchantUid, rating: 1, author: "Дана", pictures: 2 },
    ...{ text: "Пришёл с царапинами, упаковка мятая.", plus: "Цена", minus: "Упаковка" },
  });

  await test.step("the shop's reviews are read and narrowed", async () => {
    await page.goto("/reviews");
    await expectAccessible();
    const shop = page.getByRole("region", { name: "Магазины" });
    await shop.getByRole("button", readNow).click();
    // The schedule may be reading the shop for the first time just now: then its walk is waited for.
    await expect(page.getByText("Пришёл с царапинами, упаковка мятая.")).toBeVisible();
    await takeScreenshots(page, "reviews");
    await page.getByLabel("Звёзды", { exact: true }).selectOption("low");
    await expect(page).toHaveURL(/stars=low/);
    await page.getByPlaceholder("Слова отзыва, товар, имя").fill("царапинами, упаковка");
    await expect(page).toHaveURL(/q=/);
    await expect(page.getByRole("article").first()).toContainText("Дана");
    await expectAccessible();
  });

  await test.step("they are a file, as they are narrowed", async () => {
    await page.getByRole("button", { name: "Скачать" }).click();
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Excel" }).click();
    const book = new Excel.Workbook();
    await book.xlsx.readFile(await (await download).path());
    const [sheet] = book.worksheets;
    expect(sheet?.getRow(1).getCell(1).text).toBe("Дата");
    expect(sheet?.getRow(2).getCell(7).text).toBe("Дана");
  });

  await test.step("nothing found leads back", async () => {
    await page.goto("/reviews?q=нет-такого");
    await expect(page.getByRole("heading", { name: "Таких отзывов нет" })).toBeVisible();
    await page.getByRole("link", { name: "Показать все" }).click();
    await expect(page.getByRole("article").first()).toBeVisible();
  });

  await test.step("what is no card of Kaspi's is refused", async () => {
    await page.getByRole("link", { name: "Карточки" }).click();
    await expect(page.getByRole("heading", { name: "Карточек пока нет" })).toBeVisible();
    await takeScreenshots(page, "reviews-cards-none");
    await page.getByLabel("Адрес или номер карточки").fill("https://example.com/p/x-106185651/");
    await page.getByRole("button", { name: "Разобрать" }).click();
    await expect(page.getByText("Нужен адрес карточки на сайте Kaspi или её номер.")).toBeVisible();
  });

  await test.step("a card is analysed by its address", async () => {
    await page
      .getByLabel("Адрес или номер карточки")
      .fill(`https://kaspi.kz/shop/p/any-words-${cardId}/?c=750000000`);
    await page.getByRole("button", { name: "Разобрать" }).click();
    await page.waitForURL(`**/reviews/cards/${cardId}`);
    const estimate = page.getByRole("region", { name: "Оценка продаж" });
    await expect(estimate).toContainText("≈ 2 408 продаж");
    const sellers = page.getByRole("region", { name: "Чьи это покупатели" });
    await expect(sellers.getByRole("row").nth(1)).toContainText("Sulpak");
    await expect(sellers.getByRole("row").nth(2)).toContainText("вы");
    await expect(page.locator(".recharts-bar-rectangle").first()).toBeVisible();
    await expectAccessible();
    await takeScreenshots(page, "reviews-card");
    await page.getByText("Числами").click();
    await expect(page.getByRole("columnheader", { name: "Средняя" })).toBeVisible();
  });

  await test.step("a new low review is told of, and the notice leads to it", async () => {
    await twin.addReview({ cardId, merchantUid, rating: 2, text: "Не тот цвет." });
    await page.goto("/reviews");
    await page.getByRole("button", readNow).click();
    await expect(page.getByText("Не тот цвет.")).toBeVisible();
    await page.reload();
    // The shop may have been read before the first of them was written: then both are new.
    const told = new RegExp(`Магазин «${shopName}»: (2 новых отзыва|новый отзыв) с 1–2 звёздами`);
    const notice = page.getByText(told);
    await expect(notice.first()).toBeAttached();
    await page.goto(`/reviews/cards`);
    const row = page.getByRole("row").filter({ hasText: "301" });
    await expect(row).toBeVisible();
    await takeScreenshots(page, "reviews-cards");
    await row.getByRole("button", { name: /^Убрать/ }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Убрать" }).click();
    await expect(page.getByRole("heading", { name: "Карточек пока нет" })).toBeVisible();
  });
});
