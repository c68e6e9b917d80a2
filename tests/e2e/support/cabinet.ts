import type { Locator, Page } from "@playwright/test";
import { expect } from "./test";

export type Cabinet = { email: string; password: string };

/** The training cabinet with two stores. */
export const twoStores: Cabinet = { email: "two@duken.kz", password: "two-kaspi" };

/** Fills the window of a login in, and sends it. */
export async function enterCabinet(window: Locator, { email, password }: Cabinet): Promise<void> {
  await window.getByLabel("Почта").fill(email);
  await window.getByLabel("Пароль", { exact: true }).fill(password);
  await window.getByRole("button", { name: "Подключить", exact: true }).click();
}

/** Connects all stores of a cabinet, anew if they are connected. */
export async function connectCabinet(page: Page, cabinet: Cabinet): Promise<void> {
  await page.goto("/stores?connect=1");
  const window = page.getByRole("dialog");
  await enterCabinet(window, cabinet);
  await window.getByRole("button", { name: "Понятно" }).click();
}

/** Presses what asks first, then the act that the question names. */
export async function agree(page: Page, button: Locator, act: string): Promise<void> {
  await button.click();
  await page.getByRole("alertdialog").getByRole("button", { name: act, exact: true }).click();
  await expect(page.getByRole("alertdialog")).toBeHidden();
}
