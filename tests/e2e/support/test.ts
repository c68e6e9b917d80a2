import { test as base, expect } from "@playwright/test";
import { axeProblems } from "./axe";
import { office } from "./office";
import { watchSecrets } from "./secrets";

export { expect };

type Fixtures = {
  /** Errors of the browser's console that this test provokes on purpose. */
  expectedConsoleErrors: RegExp[];
  /** Fails on anything serious that axe finds on the page as it stands. */
  expectAccessible: () => Promise<void>;
};

/** Every test watches the browser's console: an error nobody expected fails it. */
export const test = base.extend<Fixtures>({
  baseURL: async ({ browserName: _ }, use) => use(office().url),
  expectedConsoleErrors: async ({ browserName: _ }, use) => use([]),
  browser: [
    async ({ browser }, use) => {
      const open = browser.newContext.bind(browser);
      browser.newContext = async (options) => {
        const context = await open(options);
        watchSecrets(context);
        return context;
      };
      await use(browser);
    },
    { scope: "worker" },
  ],
  page: async ({ page, expectedConsoleErrors }, use) => {
    const errors: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error") errors.push(`${message.text()} ${message.location().url}`);
    });
    page.on("pageerror", (error) => errors.push(error.message));
    await use(page);
    const unexpected = errors.filter(
      (text) => !expectedConsoleErrors.some((pattern) => pattern.test(text)),
    );
    expect(unexpected, "errors in the browser's console").toEqual([]);
  },
  expectAccessible: async ({ page }, use) => {
    await use(async () => {
      // A page that is read anew gets its title a moment after the rest.
      await expect(page).toHaveTitle(/./);
      expect(await axeProblems(page)).toEqual([]);
    });
  },
});
