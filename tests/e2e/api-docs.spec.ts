import { takeScreenshots } from "./support/screenshots";
import { signIn } from "./support/sign-in";
import { expect, test } from "./support/test";

test("the API is described to everybody, from here, and tried with the session of who is in", async ({
  page,
}) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).origin));
  await page.goto("/api/docs");
  await expect(page.getByRole("heading", { name: "API", level: 1 })).toBeVisible();
  const list = page.locator("#operations-products-listProducts");
  await expect(list).toBeVisible();
  await takeScreenshots(page, "api-docs");
  await list.getByRole("button").first().click();
  await expect(list.getByText("page_size", { exact: true })).toBeVisible();
  await takeScreenshots(page, "api-docs-operation");
  const own = new URL(page.url()).origin;
  expect(asked.filter((origin) => origin !== own && origin !== "null")).toEqual([]);

  await signIn(page);
  await page.goto("/api/docs#/products/listProducts");
  await list.getByRole("button", { name: "Try it out" }).click();
  const answered = page.waitForResponse((answer) => answer.url().includes("/api/v1/products/"));
  await list.getByRole("button", { name: "Execute" }).click();
  expect((await answered).status()).toBe(200);
});
