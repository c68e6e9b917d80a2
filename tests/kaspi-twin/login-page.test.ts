import { type Browser, chromium, type Page } from "playwright";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import type { Twin } from "@/lib/kaspi-twin/twin";
import { ensureBrowser } from "@/scripts/ensure-browser.mjs";
import { twinForTest } from "./visitor";

let browser: Browser | undefined;

beforeAll(async () => {
  browser = await chromium.launch({ executablePath: await ensureBrowser() });
}, 120_000);
afterAll(() => browser?.close());

const go = ".button.is-primary";

async function loginPage(): Promise<{ page: Page; twin: Twin }> {
  const twin = await twinForTest();
  const userAgent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/150.0.0.0";
  const context = await browser?.newContext({ userAgent });
  if (!context) throw new Error("no browser");
  onTestFinished(() => context.close());
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  await page.goto(`${twin.urls.id}/login`);
  return { page, twin };
}

async function typePassword(page: Page, name: string, password = `${name}-kaspi`) {
  await page.fill("#user_email_field", `${name}@duken.kz`);
  await page.click(go);
  await page.waitForSelector("#password_field");
  expect(await page.inputValue("#user_email_field")).toBe("");
  await page.fill('input[name="_u"]', `${name}@duken.kz`);
  await page.fill('input[name="_p"]', password);
  await page.click(go);
}

async function cookies(page: Page, twin: Twin): Promise<string[]> {
  return (await page.context().cookies(twin.urls.cabinet)).map(({ name }) => name);
}

test("e-mail and password lead to the cabinet's shell with its cookies", async () => {
  const { page, twin } = await loginPage();
  await typePassword(page, "demo");
  await page.waitForSelector("nav.navbar");
  expect(page.url()).toBe(`${twin.urls.storefront}/mc/`);
  expect(await cookies(page, twin)).toEqual(expect.arrayContaining(["mc-sid", "mc-session"]));
});

test("a wrong password is said in Kaspi's words", async () => {
  const { page, twin } = await loginPage();
  await typePassword(page, "demo", "wrong");
  const text = await page.textContent(".notification.is-danger");
  expect(text).toBe("Неверные почта или пароль");
  expect(await cookies(page, twin)).not.toContain("mc-sid");
});

test("a phone gets a code; a wrong one is said beside the field", async () => {
  const { page, twin } = await loginPage();
  await page.click("#phone_tab");
  await page.fill("#user_phone_field", "7010000003");
  await page.click(go);
  await page.fill('input[name="security-code"]', "nope");
  await page.click(go);
  expect(await page.textContent(".help.is-danger")).toBe("Неверный код");
  await page.fill('input[name="security-code"]', twin.lastCode()?.code ?? "");
  await page.click(go);
  await page.waitForSelector("nav.navbar");
});

test("a mailed code finishes the login", async () => {
  const { page, twin } = await loginPage();
  await typePassword(page, "code");
  await page.waitForSelector('input[name="security-code"]');
  await page.fill('input[name="security-code"]', twin.lastCode()?.code ?? "");
  await page.click(go);
  await page.waitForSelector("nav.navbar");
});

test("a page opened again stands where it stood only when it is told to remember", async () => {
  const { page, twin } = await loginPage();
  await typePassword(page, "code");
  await page.waitForSelector('input[name="security-code"]');
  await page.reload();
  await page.waitForSelector("#user_email_field");
  twin.setFault({ name: "login_page_remembers" });
  await page.reload();
  await page.fill('input[name="security-code"]', twin.lastCode()?.code ?? "");
  await page.click(go);
  await page.waitForSelector("nav.navbar");
});

test("one of several shops is chosen", async () => {
  const { page } = await loginPage();
  await typePassword(page, "choose");
  await page.click("text=Второй из двух");
  await page.click(go);
  await page.waitForSelector("nav.navbar");
});

test("the shell sends strangers to the login page", async () => {
  const { page, twin } = await loginPage();
  await page.goto(`${twin.urls.storefront}/mc/`);
  await page.waitForURL(`${twin.urls.id}/login`);
  await typePassword(page, "small");
  await page.waitForSelector("nav.navbar");
});
