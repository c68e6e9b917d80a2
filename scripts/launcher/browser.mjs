import { ensureBrowser } from "../ensure-browser.mjs";

/**
 * Where the application finds a browser. Without one all works but the logins that Kaspi lets
 * through only in a browser.
 * @returns {Promise<{ CHROMIUM_PATH?: string }>}
 */
export async function browserEnvironment() {
  try {
    return { CHROMIUM_PATH: await ensureBrowser() };
  } catch (error) {
    const reason = error instanceof Error ? error.message : error;
    console.error(`Вход в Kaspi через браузер недоступен. ${reason}`);
    return {};
  }
}
