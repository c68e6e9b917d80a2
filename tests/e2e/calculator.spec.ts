import Excel from "exceljs";
import { takeScreenshots } from "./support/screenshots";
import { signIn } from "./support/sign-in";
import { expect, test } from "./support/test";

test("a price is worked out, handed on, kept and taken as a file", async ({
  page,
  expectAccessible,
}) => {
  await signIn(page);
  await page.goto("/calculator");
  const results = page.getByRole("region", { name: "Что выходит" });
  const type = (label: string, text: string) => page.getByLabel(label, { exact: true }).fill(text);

  await test.step("what is not set is said, and nothing is counted as zero", async () => {
    await type("Цена", "10 000");
    await expect(page).toHaveURL(/price=10\+000/);
    await expect(results.getByText(/Не указано: .*себестоимость/)).toBeVisible();
    await expect(results.getByText("не посчитать").first()).toBeVisible();
    await expectAccessible();
  });

  await test.step("everything that is set makes a profit and a price without a loss", async () => {
    for (const [label, text] of [
      ["Себестоимость", "6000"],
      ["Упаковка", "100"],
      ["Прочее", "0"],
      ["Отмены и возвраты", "0"],
      ["Доставка вместо тарифа", "700"],
      ["Комиссия Kaspi", "10"],
      ["Kaspi Pay, ставка", "0,95"],
      ["Налог", "3"],
      ["Маржа от", "20"],
    ] as const)
      await type(label, text);
    // 10 000 − 6 000 − 100 − 700 − 1 395
    await expect(results).toContainText("1 805 ₸");
    await expect(results).toContainText("18,05 %");
    // 6 800 / (1 − 0,1395) and 6 800 / (1 − 0,3395), both rounded up.
    await expect(results).toContainText("7 903 ₸");
    await expect(results).toContainText("10 296 ₸");
    await expectAccessible();
    await takeScreenshots(page, "calculator");
  });

  await test.step("the address alone says all of it", async () => {
    const address = page.url();
    await page.goto("/calculator");
    await expect(results.getByText("Укажите цену.").first()).toBeVisible();
    await page.goto(address);
    await expect(results).toContainText("1 805 ₸");
    await expect(page.getByLabel("Комиссия Kaspi", { exact: true })).toHaveValue("10");
  });

  await test.step("what cannot be read is said at the field", async () => {
    await type("Комиссия Kaspi", "много");
    await expect(page.getByLabel("Комиссия Kaspi", { exact: true })).toHaveAttribute(
      "aria-invalid",
      "true",
    );
    await type("Комиссия Kaspi", "10");
    await expect(results).toContainText("1 805 ₸");
  });

  await test.step("it is kept, opened again, taken as a file and removed", async () => {
    await page.getByLabel("Название расчёта").fill("Чехол");
    await page.getByRole("button", { name: "Сохранить расчёт" }).click();
    const saved = page.getByRole("region", { name: "Сохранённые расчёты" });
    await expect(saved.getByRole("row").filter({ hasText: "Чехол" })).toContainText("1 805 ₸");
    await page.getByRole("button", { name: "Очистить" }).click();
    await expect(page.getByLabel("Цена", { exact: true })).toHaveValue("");
    await saved.getByRole("link", { name: "Чехол" }).click();
    await expect(page.getByLabel("Цена", { exact: true })).toHaveValue("10 000");
    await page.getByRole("button", { name: "Скачать" }).click();
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Excel" }).click();
    const book = new Excel.Workbook();
    await book.xlsx.readFile(await (await download).path());
    const [sheet] = book.worksheets;
    expect(sheet?.getRow(2).getCell(1).text).toBe("Чехол");
    expect(sheet?.getRow(2).getCell(13).value).toBe(1_805);
    await saved.getByRole("button", { name: /^Удалить ?: Чехол/ }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Удалить" }).click();
    await expect(saved.getByText(/Сохранённых расчётов нет/)).toBeVisible();
  });
});
