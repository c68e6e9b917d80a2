import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { addressOf, closedRoutes, filled, named, openActions, sourceOf } from "../support/doors";
import { office } from "./support/office";
import { inOfficeDatabase } from "./support/office-database";
import { signIn } from "./support/sign-in";
import { connectSmallShop, smallShop } from "./support/small-shop";
import { letIn } from "./support/somebody";
import { expect, test } from "./support/test";

test.use({ expectedConsoleErrors: [/404|403/] });

const pages = named("page.tsx").filter((file) => file.includes("/(office)/"));
const routes = closedRoutes();
const other = {
  email: "other-seller@example.kz",
  name: "Сосед",
  password: "of another seller",
};

/** Ids of what the office's owner has, and what their store is called. */
const owned = () =>
  inOfficeDatabase(async (sql) => {
    const [store] = await sql`select id from stores where name = ${smallShop.name}`;
    const [product] =
      await sql`select id from products where store_id = ${store?.id ?? null} limit 1`;
    const [run] = await sql`select id from runs where store_id = ${store?.id ?? null} limit 1`;
    // Nobody's: for a door it is an id like any.
    const [webhookId, listId, importId] = [[randomUUID()], [randomUUID()], [randomUUID()]];
    // Cards are everybody's: what is no number of one is nobody's.
    const letters = { messageId: [randomUUID()], fileId: [randomUUID()], letterId: [randomUUID()] };
    const [cardId, mailingId, taskId] = [["no-card"], ["987654321"], ["0".repeat(64)]];
    const others = { orderId: [randomUUID()], cardId, mailingId, taskId };
    const nobodys = { webhookId, listId, importId, ...others, ...letters };
    const ids = { storeId: [store?.id], productId: [product?.id], runId: [run?.id], ...nobodys };
    return { isWhole: Boolean(store && product && run), ids };
  });

/** What a shop has once it is connected and read. */
async function somethingOwned() {
  await expect.poll(async () => (await owned()).isWhole).toBe(true);
  return (await owned()).ids;
}

test.beforeAll(async ({ browser }) => {
  const page = await browser.newPage({ baseURL: office().url, locale: "ru-RU" });
  await signIn(page);
  await connectSmallShop(page);
  await page.close();
});

test("a stranger is led from every page to the login", async ({ request }) => {
  const ids = await somethingOwned();
  for (const file of pages) {
    const { path } = filled(addressOf(file), ids);
    const answer = await request.get(path, { maxRedirects: 0 });
    const isLed = answer.status() === 307 && /\/login/.test(answer.headers().location ?? "");
    const isLedInside = /url=\/login|NEXT_REDIRECT;[a-z]+;\/login/.test(await answer.text());
    expect(isLed || isLedInside, path).toBe(true);
  }
});

test("every route turns a stranger away, with the last slash and without", async ({ request }) => {
  const ids = await somethingOwned();
  for (const file of routes) {
    const { path } = filled(addressOf(file), ids);
    // Files are taken at the door itself, before any of them is kept.
    const method = /export const GET/.test(sourceOf(file)) ? "GET" : "POST";
    for (const spelled of [path, `${path}/`]) {
      const answer = await request.fetch(spelled, { method, maxRedirects: 0 });
      expect([spelled, answer.status()]).toEqual([spelled, 401]);
      if (method === "GET") expect(answer.headers()["x-request-id"]).toBeTruthy();
    }
  }
});

test("every address of the API does, too, in all its ways", async ({ request }) => {
  const { paths } = await (await request.get("/api/v1/openapi.json")).json();
  expect(Object.keys(paths).length).toBeGreaterThan(20);
  for (const [path, ways] of Object.entries<object>(paths))
    for (const method of Object.keys(ways))
      for (const ending of ["/", ""]) {
        const address = `/api/v1${path.replace("{id}", randomUUID()).replace(/\/$/, ending)}`;
        const answer = await request.fetch(address, { method, maxRedirects: 0 });
        expect([method, address, answer.status()]).toEqual([method, address, 401]);
      }
});

test("every action that a browser can call asks a stranger who they are", async ({ request }) => {
  const manifest = JSON.parse(readFileSync(".next/server/server-reference-manifest.json", "utf8"));
  type Made = { workers: Record<string, unknown>; filename: string; exportedName: string };
  const callable: [string, Made][] = Object.entries(manifest.node);
  const ids = await somethingOwned();
  expect(callable.length).toBeGreaterThan(70);
  const closed = callable.filter(([, { filename }]) => !openActions.includes(filename));
  expect(closed.length).toBeLessThan(callable.length);
  for (const [id, { workers, filename, exportedName }] of closed) {
    // From the page that has it, as its own form would.
    const { path } = filled(addressOf(Object.keys(workers)[0] ?? ""), ids);
    const answer = await request.post(path, {
      headers: {
        "next-action": id,
        accept: "text/x-component",
        "content-type": "text/plain;charset=UTF-8",
      },
      data: "[{}]",
    });
    expect(await answer.text(), `${filename} ${exportedName}`).toContain('"kind":"unauthorized"');
  }
});

test("another seller finds nothing of the owner's on any page or route", async ({ page }) => {
  const ids = await somethingOwned();
  await letIn(other);
  await signIn(page, other);
  for (const file of [...pages, ...routes.filter((one) => !one.includes("/events/"))]) {
    const address = addressOf(file);
    const { path } = filled(address, ids);
    const answer = await page.request.get(path, { maxRedirects: 0 });
    expect(await answer.text(), path).not.toContain(smallShop.name);
    expect(answer.status(), path).toBeLessThan(500);
    if (address.includes("[")) expect([path, answer.status()]).toEqual([path, 404]);
  }
});
