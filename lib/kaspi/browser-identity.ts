import type { BrowserContextOptions, Page } from "playwright";
import type { BrowserIdentity } from "@/lib/kaspi/identity";

/** What a window is opened with, so that it passes for the browser that its exit is known as. */
export function windowOptions(identity: BrowserIdentity): BrowserContextOptions {
  const { userAgent, acceptLanguage } = identity;
  const [locale] = acceptLanguage.split(/[,;]/);
  return {
    userAgent,
    ...(locale && { locale }),
    timezoneId: "Asia/Almaty",
  };
}

/**
 * Client hints and the order of languages go by another way: without it the hints name the real
 * Chromium beside the other's name.
 */
export async function passFor(page: Page, identity: BrowserIdentity): Promise<void> {
  const { userAgent, acceptLanguage, hints } = identity;
  const isMac = hints["sec-ch-ua-platform"] === '"macOS"';
  const brands = [...(hints["sec-ch-ua"] ?? "").matchAll(/"([^"]+)";v="([^"]+)"/g)].map(
    ([, brand = "", version = ""]) => ({ brand, version }),
  );
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setUserAgentOverride", {
    userAgent,
    // The browser adds the weights itself.
    acceptLanguage: acceptLanguage.replace(/;q=[\d.]+/g, ""),
    platform: isMac ? "MacIntel" : "Win32",
    userAgentMetadata: {
      brands,
      fullVersionList: brands.map(({ brand, version }) => ({ brand, version: `${version}.0.0.0` })),
      platform: isMac ? "macOS" : "Windows",
      platformVersion: isMac ? "15.5.0" : "10.0.0",
      architecture: isMac ? "arm" : "x86",
      bitness: "64",
      model: "",
      mobile: false,
    },
  });
}
