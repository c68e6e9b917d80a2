import { signIn } from "./support/sign-in";
import { expect, test } from "./support/test";

const everywhere = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};

for (const path of ["/login", "/no/such/page", "/api/v1/runs/none", "/health/", "/icon.svg"]) {
  test(`${path} carries every header`, async ({ request }) => {
    const headers = (await request.get(path)).headers();
    expect(headers).toMatchObject(everywhere);
    expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    expect(headers["content-security-policy"]).not.toMatch(/script-src[^;]*'unsafe-/);
    expect(headers["strict-transport-security"], "only behind TLS").toBeUndefined();
  });
}

test("every script of a page has the nonce of its answer", async ({ request }) => {
  const answer = await request.get("/login");
  const nonce = /'nonce-([^']+)'/.exec(answer.headers()["content-security-policy"] ?? "")?.[1];
  const scripts = (await answer.text()).match(/<script[^>]*>/g) ?? [];
  expect(scripts.length).toBeGreaterThan(0);
  expect(scripts.filter((tag) => !tag.includes(`nonce="${nonce}"`))).toEqual([]);
});

test("whatever host a request names, no answer repeats it", async ({ request }) => {
  const headers = { host: "evil.example", "x-forwarded-host": "evil.example" };
  for (const path of ["/", "/login", "/products", "/api/auth/providers", "/api/auth/signin"]) {
    const answer = await request.get(path, { headers, maxRedirects: 0 });
    expect(JSON.stringify(answer.headers()), path).not.toContain("evil.example");
    expect(await answer.text(), path).not.toContain("evil.example");
  }
});

test("a form of a foreign page is refused", async ({ request }) => {
  const headers = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
  for (const path of ["/api/auth/callback/credentials", "/api/auth/signout", "/products"]) {
    const answer = await request.post(path, { headers, form: { email: "x", password: "y" } });
    expect(answer.status(), path).toBe(403);
    expect(await answer.json()).toMatchObject({ success: false, code: "forbidden" });
  }
});

test.describe("what somebody has smuggled into a page", () => {
  const reported = /Content Security Policy/;
  // React, too, notices what the server has not drawn.
  test.use({ expectedConsoleErrors: [/Content Security Policy|React error #418/] });

  test("does not run, and the console says so of each piece", async ({ page }) => {
    const said: string[] = [];
    page.on("console", (message) => said.push(message.text()));
    const smuggled = `<script>window.smuggled = 1</script><img src="data:," onerror="window.smuggled = 2">
      <style>body { display: none }</style><script src="/_next/static/none.js"></script>`;
    await page.route("**/login", async (route) => {
      const response = await route.fetch();
      const body = (await response.text()).replace("<body>", `<body>${smuggled}`);
      await route.fulfill({ response, body });
    });
    await page.goto("/login");
    await expect.poll(() => said.filter((text) => reported.test(text)).length).toBe(4);
    expect(await page.evaluate(() => "smuggled" in window)).toBe(false);
    await expect(page.locator("body")).toBeVisible();
  });
});

test("a window that holds the page still keeps to the policy", async ({ page }) => {
  await signIn(page);
  await page.goto("/stores?connect=1");
  await expect(page.getByRole("dialog")).toBeVisible();
  const held = await page.evaluate(() => getComputedStyle(document.body).overflow);
  expect(held).toBe("hidden");
});
