import { takeDatabaseAway } from "./support/office-database";
import { productRow, shownAmount } from "./support/product-row";
import { takeScreenshots } from "./support/screenshots";
import { signIn } from "./support/sign-in";
import { connectSmallShop, goodsFor } from "./support/small-shop";
import { expect, test } from "./support/test";
import { twin } from "./support/twin";

test.use({ expectedConsoleErrors: [/50\d|Server Components|Failed to load/] });

test("the database goes away and comes back: pages say so, jobs go on, prices follow", async ({
  page,
  context,
}) => {
  await twin.clearFaults();
  await signIn(page);
  await connectSmallShop(page);
  const goods = await goodsFor("outage");
  await goods.rival(goods.start - 20);
  const points = (await twin.offers({ merchantUid: "17203946", limit: 50 })).map((offer) => [
    offer.sku,
    offer.onSale,
    offer.points,
  ]);
  const row = await productRow(page, goods.sku);
  await row.getByRole("button", { name: /^Минимум/ }).click();
  await page.getByRole("textbox", { name: /^Минимум/ }).fill(String(goods.start - 500));
  await page.keyboard.press("Enter");
  await expect(row.getByRole("button", { name: /^Минимум/ })).toHaveText(
    shownAmount(goods.start - 500),
  );
  await expect(row.getByRole("button", { name: /^Минимум/ })).not.toHaveAttribute("aria-busy");

  const bringBack = await takeDatabaseAway();
  const late = await context.newPage();
  await test.step("an open page stays and says that it is old", async () => {
    await page.mouse.move(0, 0);
    await expect(page.getByText(/Нет связи с программой/)).toBeVisible();
    await expect(row).toBeVisible();
    await takeScreenshots(page, "outage");
  });
  await test.step("what is done meanwhile is said not to be done", async () => {
    await row.getByRole("switch").click();
    await expect(page.getByRole("alert").last()).toBeVisible();
    await expect(row.getByRole("switch")).not.toBeChecked();
  });
  await test.step("a page that cannot open says so", async () => {
    expect((await late.goto("/products"))?.status()).toBe(503);
    await expect(late.getByRole("heading", { name: "База данных не отвечает" })).toBeVisible();
  });
  await bringBack();
  await test.step("both pages are back by themselves", async () => {
    await expect(late.getByRole("heading", { level: 1 })).toHaveText("Товары");
    await expect(page.getByText(/Нет связи с программой/)).toBeHidden();
  });
  await test.step("and the bot works without a restart", async () => {
    await row.getByRole("switch").click();
    await expect(row.getByRole("switch")).toBeChecked();
    await expect.poll(goods.kaspiPrice).toBe(goods.start - 21);
  });
  const after = await twin.offers({ merchantUid: "17203946", limit: 50 });
  expect(after.map((offer) => [offer.sku, offer.onSale, offer.points])).toEqual(points);
});
