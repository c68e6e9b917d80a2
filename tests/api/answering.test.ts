import { afterAll, describe, expect, test } from "vitest";
import { answerApi } from "@/lib/api/answer-api";
import type { Operation } from "@/lib/api/operation";
import { routeTable, segmentsOf } from "@/lib/api/route-table";
import { apiOffice, keyOf } from "../support/api";

process.env.API_ORIGINS = "https://shop.example.kz";
afterAll(() => {
  delete process.env.API_ORIGINS;
});

const office = await apiOffice();

describe("an address", () => {
  const table = (...paths: string[]) =>
    routeTable(
      paths.map((path) => ({ path, method: "GET" }) as Operation),
      ({ path }) => path,
    );

  test("that is written out goes before one that is filled in", () => {
    const find = table("/products/{id}/", "/products/stats/", "/products/{id}/rule/");
    const at = (path: string) => {
      const place = find(segmentsOf(path));
      return place && [place.byMethod.get("GET"), place.params];
    };
    expect(at("/products/stats")).toEqual(["/products/stats/", {}]);
    expect(at("/products/7/")).toEqual(["/products/{id}/", { id: "7" }]);
    expect(at("products/7/rule/")).toEqual(["/products/{id}/rule/", { id: "7" }]);
    expect(at("/products/")).toBeNull();
    expect(at("/products/7/rule/more")).toBeNull();
  });

  test("is answered by one operation", () => {
    expect(() => table("/a/{id}/", "/a/{id}")).toThrow("two operations");
    expect(() => table("/a/{id}/", "/a/{name}/b/")).toThrow("{name} is also {id}");
  });

  test("where nothing is answers so, to whom shows a key", async () => {
    const none = await office.call("GET", "/nothing/here/");
    expect([none.status, none.body.code]).toEqual([404, "not_found"]);
    expect((await office.call("GET", "/nothing/here/", { key: "duken_x" })).status).toBe(401);
  });

  test("asked in a way it does not know says which it knows", async () => {
    const wrong = await office.call("DELETE", "/products/store_stats/");
    expect([wrong.status, wrong.body.code]).toEqual([405, "method_not_allowed"]);
    expect(wrong.headers.get("allow")).toBe("GET");
    expect(wrong.headers.get("x-request-id")).toBeTruthy();
  });
});

describe("the description", () => {
  test("is there for everybody, and the same each time", async () => {
    const answer = await answerApi(new Request("http://inside/api/v1/openapi.json"));
    expect(answer.status).toBe(200);
    expect(answer.headers.get("x-request-id")).toBeTruthy();
    expect(await answer.json()).toMatchObject({ openapi: expect.stringMatching(/^3\.1/) });
    expect((await office.call("POST", "/openapi.json")).status).toBe(404);
  });
});

test.each(["/products/", "/kaspi/stores/", "/webhooks/"])(
  "%s has no page after its last",
  async (path) => {
    expect((await office.call("GET", `${path}?page=1`)).status).toBe(200);
    const after = await office.call("GET", `${path}?page=999`);
    expect([after.status, after.body.code]).toEqual([404, "not_found"]);
  },
);

test("the head of an answer is asked for like the answer", async () => {
  expect((await office.call("HEAD", "/proxies/stats/")).status).toBe(200);
});

describe("a page of another origin", () => {
  const ask = (origin: string, method = "OPTIONS", headers: Record<string, string> = {}) =>
    answerApi(
      new Request("http://inside/api/v1/products/", { method, headers: { origin, ...headers } }),
    );

  test("that is configured may read answers, with a key of its own", async () => {
    const asked = await ask("https://shop.example.kz");
    expect(asked.status).toBe(204);
    expect(asked.headers.get("access-control-allow-origin")).toBe("https://shop.example.kz");
    expect(asked.headers.get("access-control-allow-headers")).toContain("authorization");
    expect(asked.headers.get("access-control-allow-credentials")).toBeNull();
    const key = { authorization: `Bearer ${office.key}` };
    const answer = await ask("https://shop.example.kz", "GET", key);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("access-control-allow-origin")).toBe("https://shop.example.kz");
    expect(answer.headers.get("access-control-expose-headers")).toContain("x-request-id");
    expect(answer.headers.get("vary")).toBe("Origin");
  });

  test.each(["https://evil.example", "https://shop.example.kz.evil.example", "null"])(
    "that is not may read nothing: %s",
    async (origin) => {
      for (const method of ["OPTIONS", "GET"]) {
        const answer = await ask(origin, method, { authorization: `Bearer ${office.key}` });
        expect(answer.headers.get("access-control-allow-origin")).toBeNull();
        expect(answer.headers.get("access-control-allow-methods")).toBeNull();
      }
    },
  );
});

describe("a key", () => {
  test("is kept to its pace, and told when the next may come", async () => {
    const key = await keyOf(office, office.owner.id, ["read"], null);
    const answers = await Promise.all(
      Array.from({ length: 60 }, () => office.call("GET", "/proxies/stats/", { key })),
    );
    const refused = answers.filter(({ status }) => status === 429);
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(40);
    expect(refused.length).toBeGreaterThan(0);
    for (const { body, headers } of refused) {
      expect(body).toMatchObject({ success: false, code: "rate_limited" });
      expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
    }
  });

  test("speaks its person's language", async () => {
    const { body } = await office.call("GET", "/products/?page=0");
    expect(body.error).toMatch(/[а-я]/);
  });
});

describe("a request with a key to repeat it by", () => {
  const hook = { url: "https://example.kz/hooks", events: ["price.changed"] };

  test("that failed may be tried again with another body's luck", async () => {
    const headers = { "idempotency-key": "after a failure" };
    const wrong = { body: { ...hook, url: "ftp://x" }, headers };
    expect((await office.call("POST", "/webhooks/", wrong)).status).toBe(422);
    expect((await office.call("POST", "/webhooks/", { body: hook, headers })).status).toBe(201);
  });

  test("sent twice at once is worked on once", async () => {
    const said = { body: hook, headers: { "idempotency-key": "at once" } };
    const both = await Promise.all([1, 2].map(() => office.call("POST", "/webhooks/", said)));
    const statuses = both.map(({ status }) => status).sort();
    expect([
      [201, 201],
      [201, 409],
    ]).toContainEqual(statuses);
    const ids = both.filter(({ status }) => status === 201).map(({ body }) => body.id);
    expect(new Set(ids).size).toBe(1);
  });

  test("of too odd a length is refused", async () => {
    for (const key of ["", "x".repeat(201)]) {
      const said = { body: hook, headers: { "idempotency-key": key } };
      const { status, body } = await office.call("POST", "/webhooks/", said);
      expect([status, body.details[0].path]).toEqual([422, "Idempotency-Key"]);
    }
  });
});
