import { homedir } from "node:os";
import type { Browser, BrowserContext, Page, Route } from "playwright";
import { Cookie, type CookieJar } from "tough-cookie";
import { AppError } from "@/lib/core/errors";
import { passFor, windowOptions } from "@/lib/kaspi/browser-identity";
import { type HostName, isOverridden, type KaspiHosts, realHosts } from "@/lib/kaspi/hosts";
import { type BrowserIdentity, firstIdentity } from "@/lib/kaspi/identity";
import { newJar } from "@/lib/kaspi/session";

export type BrowserOptions = {
  hosts: KaspiHosts;
  executablePath: string;
  proxyUrl?: string | null;
  /** Who the exit passes for. Kaspi turns away whoever names themselves a headless browser (protocol I). */
  identity?: BrowserIdentity;
};

export type BrowserWindow = { page: Page; context: BrowserContext };

const names: readonly HostName[] = ["cabinet", "id", "storefront"];
const neverNeeded = new Set(["image", "media", "font"]);

/** Playwright is loaded with the first browser login: most processes never need it. */
export async function launchBrowser(options: BrowserOptions): Promise<Browser> {
  const { chromium } = await import("playwright");
  const { hosts, executablePath, proxyUrl } = options;
  const reachable = reachableHosts(hosts);
  if (proxyUrl) reachable.push(new URL(proxyUrl).hostname);
  const exceptions = reachable.map((host) => `EXCLUDE ${host}`).join(", ");
  try {
    return await chromium.launch({
      executablePath,
      // Ours holds the keys of the office, and this one opens other people's pages.
      env: { HOME: homedir(), PATH: "/usr/local/bin:/usr/bin:/bin" },
      // Redirects pass by `route`, so what must not be reached is not resolved either.
      args: [`--host-resolver-rules=MAP * ~NOTFOUND, ${exceptions}`],
      ...(proxyUrl ? { proxy: proxyOf(new URL(proxyUrl)) } : {}),
    });
  } catch {
    // The cause would carry the command line.
    throw new AppError("unavailable", "browser_failed");
  }
}

/** What a window holds (cookies and storage), as text. Secret: the next window goes on from it. */
export async function storageOf(context: BrowserContext): Promise<string> {
  return JSON.stringify(await context.storageState());
}

/** An own context that reaches Kaspi (or what stands in for it) and nothing else. */
export async function openWindow(
  browser: Browser,
  { hosts, identity = firstIdentity }: Pick<BrowserOptions, "hosts" | "identity">,
  storage?: string,
): Promise<BrowserWindow> {
  const context = await browser.newContext({
    ...(storage && { storageState: JSON.parse(storage) }),
    ...windowOptions(identity),
  });
  const reachable = reachableHosts(hosts);
  await context.route("**/*", (route) => letThrough(route, reachable));
  const page = await context.newPage();
  await passFor(page, identity);
  return { page, context };
}

/** The browser's cookies as if our own client had gathered them: each under its real host. */
export async function exportCookies(
  context: BrowserContext,
  hosts: KaspiHosts,
): Promise<CookieJar> {
  const jar = newJar();
  const cookies = await context.cookies();
  for (const name of names) {
    const { hostname } = new URL(hosts[name]);
    for (const cookie of cookies.filter(({ domain }) => matches(hostname, domain))) {
      const kept = new Cookie({
        key: cookie.name,
        value: cookie.value,
        path: cookie.path,
        httpOnly: cookie.httpOnly,
        ...(cookie.expires > 0 ? { expires: new Date(cookie.expires * 1000) } : {}),
      });
      jar.setCookieSync(kept, `${realHosts[name]}/`);
    }
  }
  return jar;
}

/** The other way round: a jar as what a window may begin with. */
export function storageFrom(jar: CookieJar, hosts: KaspiHosts): string {
  const cookies = names.flatMap((name) => {
    const { hostname: domain, protocol } = new URL(hosts[name]);
    return jar.getCookiesSync(`${realHosts[name]}/`).map(({ key, value, path, httpOnly }) => ({
      ...{ name: key, value, domain, path: path ?? "/", httpOnly, expires: -1 },
      secure: protocol === "https:",
      sameSite: "Lax",
    }));
  });
  return JSON.stringify({ cookies, origins: [] });
}

function reachableHosts(hosts: KaspiHosts): string[] {
  const own = names.map((name) => new URL(hosts[name]).hostname);
  const real = names.some((name) => !isOverridden(hosts, name));
  return [...new Set([...own, ...(real ? ["*.kaspi.kz", "*.cdn-kaspi.kz"] : [])])];
}

async function letThrough(route: Route, reachable: string[]): Promise<void> {
  const request = route.request();
  const { hostname } = new URL(request.url());
  const wanted = reachable.some((host) =>
    host.startsWith("*") ? hostname.endsWith(host.slice(1)) : hostname === host,
  );
  await (wanted && !neverNeeded.has(request.resourceType()) ? route.continue() : route.abort());
}

function matches(hostname: string, domain: string): boolean {
  const bare = domain.replace(/^\./, "");
  return hostname === bare || hostname.endsWith(`.${bare}`);
}

function proxyOf({ protocol, host, username, password }: URL) {
  const server = `${protocol}//${host}`;
  return username
    ? { server, username: decodeURIComponent(username), password: decodeURIComponent(password) }
    : { server };
}
