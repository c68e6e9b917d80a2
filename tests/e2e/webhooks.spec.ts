import { createHmac } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { demoOwner } from "@/lib/auth/demo";
import { takeScreenshots } from "./support/screenshots";
import { signIn } from "./support/sign-in";
import { connectSmallShop } from "./support/small-shop";
import { expect, test } from "./support/test";

/** Somebody's program: takes a call, or says that it cannot. */
async function startReceiver() {
  const calls: { headers: IncomingMessage["headers"]; body: string }[] = [];
  let status = 200;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      calls.push({ headers: request.headers, body: Buffer.concat(chunks).toString("utf8") });
      response.writeHead(status).end(status === 200 ? "thanks" : "out of paper");
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return {
    calls,
    url: `http://127.0.0.1:${port}/hooks`,
    host: `127.0.0.1:${port}`,
    say: (next: number) => {
      status = next;
    },
    stop: () => new Promise((stopped) => server.close(stopped)),
  };
}

test("a webhook is added, tested, told of a sync, told again, paused and deleted", async ({
  page,
  expectAccessible,
}) => {
  const receiver = await startReceiver();
  await signIn(page);
  await page.goto("/settings/webhooks");
  await expect(page.getByRole("heading", { name: "Вебхуков пока нет" })).toBeVisible();
  await takeScreenshots(page, "webhooks-none");
  await page.getByRole("button", { name: "Добавить вебхук" }).click();
  const window = page.getByRole("dialog");
  await window.getByLabel("Адрес").fill("http://192.168.1.1/hooks");
  for (const event of ["price.changed", "decision.frozen"])
    await window.getByRole("checkbox", { name: event }).uncheck();
  await window.getByLabel("Ваш пароль", { exact: true }).fill(demoOwner.password);
  await window.getByRole("button", { name: "Добавить вебхук" }).click();
  await expect(window.getByText("Это внутренний адрес")).toBeVisible();
  await window.getByLabel("Адрес").fill(receiver.url);
  await expectAccessible();
  await takeScreenshots(page, "webhooks-new");
  await window.getByRole("button", { name: "Добавить вебхук" }).click();
  const secret = await window.getByRole("textbox", { name: "Секрет" }).inputValue();
  expect(secret).toMatch(/^whsec_[\w-]{43}$/);
  await takeScreenshots(page, "webhooks-made");
  await window.getByRole("button", { name: "Секрет сохранён, закрыть" }).click();
  await page.reload();
  expect(await page.content()).not.toContain(secret);

  await page.getByRole("button", { name: `Проверить: ${receiver.host}` }).click();
  await expect(window.getByText(/^Принято: ответ 200/)).toBeVisible();
  await expect(window.getByText("thanks")).toBeVisible();
  await expectAccessible();
  await takeScreenshots(page, "webhooks-test");
  await window.getByRole("button", { name: "Закрыть" }).click();
  const [ping] = receiver.calls;
  const [t = "", v1 = ""] = `${ping?.headers["duken-signature"]}`.split(",");
  const signed = createHmac("sha256", secret)
    .update(`${t.slice(2)}.${ping?.body}`)
    .digest("hex");
  expect(v1).toBe(`v1=${signed}`);

  await page.getByRole("button", { name: `Новый секрет: ${receiver.host}` }).click();
  await window.getByLabel("Ваш пароль", { exact: true }).fill("not the password");
  await window.getByRole("button", { name: "Заменить секрет" }).click();
  await expect(window.getByText("Это не ваш нынешний пароль.")).toBeVisible();
  await expectAccessible();
  await takeScreenshots(page, "webhooks-renew");
  await window.getByLabel("Ваш пароль", { exact: true }).fill(demoOwner.password);
  await window.getByRole("button", { name: "Заменить секрет" }).click();
  const renewed = await window.getByRole("textbox", { name: "Секрет" }).inputValue();
  expect(renewed).toMatch(/^whsec_[\w-]{43}$/);
  expect(renewed).not.toBe(secret);
  await window.getByRole("button", { name: "Секрет сохранён, закрыть" }).click();

  receiver.say(503);
  await connectSmallShop(page);
  const syncs = () => receiver.calls.filter(({ body }) => body.includes("sync.finished"));
  await expect.poll(() => syncs().length).toBeGreaterThan(0);
  await page.goto("/settings/webhooks");
  await takeScreenshots(page, "webhooks");
  await page.getByRole("link", { name: `Журнал: ${receiver.host}` }).click();
  const row = page.getByRole("row").filter({ hasText: "sync.finished" }).first();
  await expect(row.getByText("out of paper")).toBeVisible();
  await expectAccessible();
  await takeScreenshots(page, "webhooks-log");
  receiver.say(200);
  await row.getByRole("button", { name: /^Отправить снова/ }).click();
  await expect(row.getByText("доставлено", { exact: true })).toBeVisible();
  const [first, again] = syncs();
  expect(again?.headers["duken-delivery"]).toBe(first?.headers["duken-delivery"]);

  await page.goto("/settings/webhooks");
  await page.getByRole("switch", { name: `Отправлять в ${receiver.host}` }).click();
  await expect(page.getByText("на паузе")).toBeVisible();
  await page.getByRole("button", { name: `Удалить: ${receiver.host}` }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Удалить" }).click();
  await expect(page.getByRole("heading", { name: "Вебхуков пока нет" })).toBeVisible();
  await receiver.stop();
});
