import { eq } from "drizzle-orm";
import { describe, expect, test, vi } from "vitest";
import { apiScopes } from "@/lib/auth/api-key-scope-model";
import { createApiKey } from "@/lib/auth/api-keys";
import { storePermissions } from "@/lib/auth/permission-model";
import { systemClock } from "@/lib/core/time";
import { users } from "@/lib/db/schema/workspace";
import { type Action, allActions, allRoutes, filled, openActions } from "../support/doors";
import { testOffice } from "../support/office";
import { validInputs } from "../support/schema-inputs";
import { signedIn } from "../support/session";
import { fingerprint } from "../support/untouched";
import { memberWith, ownedThings } from "../support/whole-office";

vi.setConfig({ testTimeout: 300_000 });

const asked = vi.hoisted(() => ({ headers: {} as Record<string, string> }));
// Next tells the headers of a request, and hears what is to be drawn anew, only inside its own server.
vi.mock("next/headers", () => ({
  headers: async () => new Headers(asked.headers),
  cookies: async () => ({ get: () => undefined }),
}));
vi.mock("next/cache", () => ({ revalidatePath: () => {} }));
vi.mock("@/lib/auth/action", async (original) =>
  (await import("../support/doors")).keepSchema(await original()),
);

/** What anybody who is signed in may do: to themselves, or within what they see, which may be nothing. */
const everybodys = [
  "/#chooseLocale",
  "/#dismiss",
  "/approvals#answerMany",
  "/calculator#save",
  "/products/bulk#previewBulk",
  "/products/bulk#startBulk",
  "/products/bulk#bulkSkips",
  "/reviews#askCard",
  "/rules#findRuleSources",
  "/rules#findSellers",
  "/rules#nameSellers",
  "/rules#ruleHistory",
  "/notices#putAllAway",
  "/settings#saveOwnProfile",
  "/settings#savePassword",
  "/settings#endOwnSessions",
  "/settings/keys#create",
  "/settings/telegram#askLink",
  "/settings/telegram#saveTelling",
  "/settings/two-factor#begin",
  "/settings/two-factor#confirm",
  "/settings/two-factor#renew",
  "/settings/two-factor#turnOff",
  "/settings/webhooks#add",
  "/tasks#add",
  "/tasks#assignMany",
  "/tasks#completeMany",
  "/tasks#reopenMany",
  "/tasks#removeMany",
  "/tasks/lists#make",
  "/stores#connect",
];
/** Asked with a thing's id, and changes nothing: for those who may see the thing. */
const looks = [
  "/decisions#marketThen",
  "/decisions/undo#lookAtUndo",
  "/rules#lookAtProductRule",
  "/rules#ruleOfProduct",
];

const office = await testOffice();
const { db } = office.access;
for (const [host, url] of Object.entries(office.twin.urls))
  process.env[`KASPI_${host.toUpperCase()}_URL`] = url;
const { ids, marks } = await ownedThings(office);
/** A seller like the owner of it all, whose stores are none. */
const other = await memberWith(office, "other", storePermissions);
/** Sees everything, and may change nothing. */
const viewer = await memberWith(office, "viewer", [
  "view_store",
  "view_product",
  "can_view_all_stores",
]);
const everything = await allActions();
const actions = everything.filter(({ file }) => !openActions.includes(file));
const routes = await allRoutes();
const inputs = new Map(actions.map(({ name, schema }) => [name, validInputs(schema, ids, 4)]));

async function comeAs(userId: string | null) {
  if (userId === null) {
    asked.headers = {};
    return;
  }
  const [user] = await db.select().from(users).where(eq(users.id, userId));
  asked.headers = await signedIn({ id: userId }, user?.sessionVersion);
}

/** How each action ends for somebody, with each of its inputs. */
async function walk(userId: string | null, which: readonly Action[]) {
  const ends: { name: string; end: string; said: string }[] = [];
  for (const { name, call } of which) {
    for (const input of inputs.get(name) ?? []) {
      await comeAs(userId);
      const result = await call(input);
      const end = result.ok ? "ok" : result.failure.kind;
      ends.push({ name, end, said: JSON.stringify(result) });
    }
  }
  return ends;
}

const besides = (names: readonly string[]) => actions.filter(({ name }) => !names.includes(name));
const only = (names: readonly string[]) => actions.filter(({ name }) => names.includes(name));
const isRefusal = (end: string) => end === "not_found" || end === "forbidden";
const tells = (said: string) => marks.filter((mark) => said.includes(mark));

describe("the walk", () => {
  test("meets every action of the tree, with inputs that its schema takes", () => {
    expect(actions.length).toBeGreaterThan(70);
    const unmet = actions.filter(({ name }) => inputs.get(name)?.length === 0);
    expect(unmet.map(({ name }) => name)).toEqual([]);
  });

  test("excuses nothing that is gone", () => {
    const known = actions.map(({ name }) => name);
    expect([...everybodys, ...looks].filter((name) => !known.includes(name))).toEqual([]);
  });
});

describe("actions", () => {
  test("all of them turn a stranger away and change nothing", async () => {
    const before = await fingerprint(office.database.sql, "nobody");
    const ends = await walk(null, actions);
    expect(ends.filter(({ end }) => end !== "unauthorized")).toEqual([]);
    expect(await fingerprint(office.database.sql, "nobody")).toBe(before);
  });

  test.each([
    ["another seller", other, everybodys],
    ["somebody who may only look", viewer, [...everybodys, ...looks]],
  ])("refuse what is the owner's to %s and change nothing", async (_who, id, excused) => {
    const before = await fingerprint(office.database.sql, id);
    const ends = await walk(id, besides(excused));
    expect(ends.filter(({ end }) => !isRefusal(end))).toEqual([]);
    expect(ends.filter(({ said }) => tells(said).length > 0)).toEqual([]);
    expect(await fingerprint(office.database.sql, id)).toBe(before);
  });

  test("that are everybody's tell another seller nothing of the owner's and leave it as it was", async () => {
    const owned = ["stores", "products", "product_cities", "decisions", "exits", "tariffs"];
    const before = await fingerprint(office.database.sql, other, owned);
    const ends = await walk(other, only(everybodys));
    expect(ends.filter(({ end }) => end === "unknown")).toEqual([]);
    expect(ends.filter(({ said }) => tells(said).length > 0)).toEqual([]);
    expect(await fingerprint(office.database.sql, other, owned)).toBe(before);
  });

  test("that look show what they are about to those who may see it", async () => {
    const ends = await walk(viewer, only(looks));
    expect(new Set(ends.filter(({ end }) => end === "ok").map(({ name }) => name))).toEqual(
      new Set(looks),
    );
  });
});

describe("routes", () => {
  const keyOf = (userId: string, scopes: (typeof apiScopes)[number][]) =>
    createApiKey(db, userId, { name: "k", scopes, lifeMs: null }, { by: null, now: systemClock() });

  /** The status, and what of the owner's the answer holds. */
  async function ask(route: (typeof routes)[number], headers: Record<string, string>) {
    const { path, params } = filled(route.address, ids);
    const stop = new AbortController();
    const request = new Request(`http://inside${path}?format=csv`, {
      method: route.method,
      headers,
      signal: stop.signal,
    });
    asked.headers = headers;
    const answer = await route.handle(request, { params: Promise.resolve(params) });
    const isStream = answer.headers.get("content-type")?.startsWith("text/event-stream");
    const told = isStream ? [] : tells(await answer.text());
    stop.abort();
    return { route: `${route.method} ${route.address}`, status: answer.status, told };
  }

  const askAll = async (headers: Record<string, string>) => {
    const answers = [];
    for (const route of routes) answers.push(await ask(route, headers));
    return answers;
  };
  const shown = (key: string) => ({ authorization: `Bearer ${key}` });

  test("turn away strangers, with a key of nobody's as well", async () => {
    expect(routes.length).toBeGreaterThan(5);
    for (const headers of [{}, shown("duken_x"), { cookie: "next-auth.session-token=planted" }]) {
      const answers = await askAll(headers);
      expect(answers.filter(({ status }) => status !== 401)).toEqual([]);
    }
  });

  test("open to no key without their scope, and the office's own to no key at all", async () => {
    const reserved = await askAll(shown(await keyOf(office.owner.id, ["bot"])));
    expect(reserved.filter(({ status }) => status !== 403)).toEqual([]);
    const whole = await askAll(shown(await keyOf(office.owner.id, [...apiScopes])));
    expect(whole.filter(({ status }) => status !== 403)).toEqual([]);
  });

  test.each(["a session", "a key"])(
    "know nothing of the owner's for another's: by %s",
    async (by) => {
      await comeAs(other);
      const session = asked.headers;
      const answers = await askAll(
        by === "a key" ? shown(await keyOf(other, [...apiScopes])) : session,
      );
      expect(answers.filter(({ told }) => told.length > 0)).toEqual([]);
      expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
      const aboutOne = answers.filter(({ route }) => route.includes("["));
      expect(aboutOne.length).toBeGreaterThan(0);
      expect(aboutOne.filter(({ status }) => ![403, 404].includes(status))).toEqual([]);
    },
  );
});
