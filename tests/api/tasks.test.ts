import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { taskCategories } from "@/lib/db/schema/tasks";
import { apiOffice, keyOf } from "../support/api";

const office = await apiOffice();
const { call, access, owner, stranger } = office;

let theirs: string;
let category: string;

beforeAll(async () => {
  theirs = await keyOf(office, stranger.id);
});

beforeEach(async () => {
  await access.db.delete(taskCategories);
  category = (await call("POST", "/categories/", { body: { name: "Склад" } })).body.id;
});

async function task(given: object = {}) {
  const body = { category_id: category, title: "Пересчитать остатки", ...given };
  return (await call("POST", "/tasks/", { body })).body;
}

describe("categories", () => {
  test("are made with an id of 64 hex digits, read, renamed, shared and deleted with their tasks", async () => {
    const made = await call("POST", "/categories/", { body: { name: "Отзывы" } });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ name: "Отзывы", rights: "owner", open_count: 0 });
    expect(made.body.id).toMatch(/^[0-9a-f]{64}$/);
    const path = made.headers.get("location")?.replace("/api/v1", "") ?? "";
    const body = { name: "Ответы", members: [{ user_id: stranger.id, rights: "view" }] };
    const changed = await call("PATCH", path, { body });
    expect(changed.body).toMatchObject({
      name: "Ответы",
      members: [{ user: { id: stranger.id }, rights: "view" }],
    });
    const foreign = await call("GET", path, { key: theirs });
    expect(foreign.body).toMatchObject({ rights: "view", members: [], owner: { id: owner.id } });
    const one = await call("POST", "/tasks/", {
      body: { category_id: made.body.id, title: "Раз" },
    });
    expect((await call("GET", "/categories")).body.count).toBe(2);
    expect((await call("DELETE", path)).status).toBe(204);
    expect((await call("GET", `/tasks/${one.body.id}/`)).status).toBe(404);
  });

  test("of others are not there, and shared ones are their owner's to change", async () => {
    const path = `/categories/${category}/`;
    expect((await call("GET", path, { key: theirs })).status).toBe(404);
    const body = { members: [{ user_id: stranger.id, rights: "edit" }] };
    await call("PATCH", path, { body });
    const renamed = await call("PATCH", path, { key: theirs, body: { name: "Моё" } });
    expect(renamed).toMatchObject({ status: 403, body: { success: false, code: "forbidden" } });
    expect((await call("DELETE", path, { key: theirs })).status).toBe(403);
  });

  test.each([
    ["no name", { name: "  " }],
    ["a name that is too long", { name: "о".repeat(81) }],
    [
      "somebody who is not there",
      { name: "Склад", members: [{ user_id: crypto.randomUUID(), rights: "view" }] },
    ],
    ["rights that are none", { name: "Склад", members: [{ user_id: stranger.id, rights: "own" }] }],
  ])("are refused with %s", async (_what, body) => {
    expect((await call("POST", "/categories/", { body })).status).toBe(422);
  });
});

describe("tasks", () => {
  test("are added with everything and answered with everything", async () => {
    const made = await task({
      ...{ text: "Абая, 10", due_at: "2026-03-02T18:00:00+05:00", priority: "high" },
      ...{ steps: [{ text: "Верхняя полка" }], user_ids: [owner.id] },
    });
    expect(made).toMatchObject({
      ...{ category_id: category, category_name: "Склад", due_at: "2026-03-02T13:00:00.000Z" },
      ...{ priority: "high", is_done: false, done_at: null, created_by: { id: owner.id } },
      ...{ assignees: [{ id: owner.id }], steps: [{ text: "Верхняя полка", is_done: false }] },
      ...{ store_id: null, may: { change: true, complete: true, delete: true } },
      ...{ comments_count: 0, has_hidden_links: false },
    });
    expect(made.id).toMatch(/^[0-9a-f]{64}$/);
  });

  test("are done twice with the same answer, and reopened", async () => {
    const path = `/tasks/${(await task()).id}/`;
    const done = await call("POST", `${path}complete/`);
    expect(done).toMatchObject({ status: 200, body: { is_done: true, done_by: { id: owner.id } } });
    const again = await call("POST", `${path}complete/`);
    expect(again).toMatchObject({ status: 200, body: { done_at: done.body.done_at } });
    const open = await call("POST", `${path}reopen/`);
    expect(open.body).toMatchObject({ is_done: false, done_at: null, done_by: null });
    const history = await call("GET", `${path}history/`);
    expect(history.body.results.map(({ what }: { what: string }) => what).sort()).toEqual(
      ["created", "done", "reopened"].sort(),
    );
  });

  test("are assigned, which lets somebody see the one task and finish it, and no more", async () => {
    const path = `/tasks/${(await task()).id}/`;
    expect((await call("GET", path, { key: theirs })).status).toBe(404);
    const given = await call("POST", `${path}assign/`, { body: { user_ids: [stranger.id] } });
    expect(given.body.assignees).toEqual([{ id: stranger.id, name: stranger.name }]);
    const seen = await call("GET", path, { key: theirs });
    expect(seen.body.may).toEqual({ change: false, complete: true, delete: false });
    expect((await call("GET", `/categories/${category}/`, { key: theirs })).status).toBe(404);
    const changed = await call("PATCH", path, { key: theirs, body: { title: "Моё" } });
    expect(changed.status).toBe(403);
    expect((await call("POST", `${path}complete/`, { key: theirs })).status).toBe(200);
    expect((await call("DELETE", path, { key: theirs })).status).toBe(403);
    expect((await call("POST", `${path}seen/`, { key: theirs })).status).toBe(200);
  });

  test("say what is wrong by the names that a request has", async () => {
    const path = `/tasks/${(await task()).id}/`;
    const nobody = crypto.randomUUID();
    const given = await call("POST", `${path}assign/`, { body: { user_ids: [nobody] } });
    expect(given).toMatchObject({ status: 422, body: { details: [{ path: "user_ids" }] } });
    const linked = await call("PATCH", path, { body: { store_id: nobody } });
    expect(linked).toMatchObject({ status: 422, body: { details: [{ path: "store_id" }] } });
  });

  test("are found by list, person, state and deadline", async () => {
    const soon = await task({ due_at: "2026-03-02T18:00:00Z", user_ids: [owner.id] });
    const done = await task({ title: "Готово" });
    await call("POST", `/tasks/${done.id}/complete/`);
    const idsOf = async (query: string, key?: string) => {
      const { body } = await call("GET", `/tasks/?${query}`, key ? { key } : {});
      return body.results.map(({ id }: { id: string }) => id);
    };
    expect(await idsOf("done=true")).toEqual([done.id]);
    expect(await idsOf("assignee=me")).toEqual([soon.id]);
    expect(await idsOf(`assignee=${stranger.id}`)).toEqual([]);
    expect(await idsOf("due_after=2026-03-02T18:00:00Z&due_before=2026-03-02T18:00:01Z")).toEqual([
      soon.id,
    ]);
    expect(await idsOf("due_before=2026-03-02T18:00:00Z")).toEqual([]);
    expect(await idsOf(`category=${category}&ordering=-title`)).toHaveLength(2);
    expect(await idsOf(`search=${encodeURIComponent("готов")}`)).toEqual([done.id]);
    expect(await idsOf("done=false", theirs)).toEqual([]);
    expect((await call("GET", "/tasks/?assignee=nobody")).status).toBe(422);
    expect((await call("GET", "/tasks/?late=true")).status).toBe(422);
  });

  test("are talked about", async () => {
    const path = `/tasks/${(await task({ user_ids: [stranger.id] })).id}/`;
    const said = await call("POST", `${path}comments/`, { key: theirs, body: { text: "Закрыто" } });
    expect(said).toMatchObject({ status: 201, body: { user: { id: stranger.id } } });
    const read = await call("GET", `${path}comments/`);
    expect(read.body).toMatchObject({ count: 1, results: [{ text: "Закрыто" }] });
    expect((await call("GET", path)).body.comments_count).toBe(1);
  });

  test("tick their steps by themselves", async () => {
    const made = await task({ steps: [{ text: "Раз" }, { text: "Два" }] });
    const path = `/tasks/${made.id}/`;
    const [first, second] = made.steps;
    const ticked = await call("POST", `${path}steps/${second.id}/`, { body: { is_done: true } });
    expect(ticked.body.steps).toMatchObject([{ is_done: false }, { is_done: true }]);
    const steps = [{ id: second.id, text: "Два", is_done: true }];
    const kept = await call("PATCH", path, { body: { steps } });
    expect(kept.body.steps).toEqual([{ id: second.id, text: "Два", is_done: true }]);
    const gone = await call("POST", `${path}steps/${first.id}/`, { body: { is_done: true } });
    expect(gone.status).toBe(404);
  });

  test("name colleagues to everybody, without their e-mails", async () => {
    const { body } = await call("GET", "/people/", { key: theirs });
    expect(body.count).toBe(2);
    expect(Object.keys(body.results[0])).toEqual(["id", "name"]);
  });

  test.each([
    ["no title", { title: "" }],
    ["a moment without a zone", { due_at: "2026-03-02T18:00:00" }],
    ["a moment that no calendar has", { due_at: "0000-01-01T00:00:00Z" }],
    ["a priority that is none", { priority: "urgent" }],
    ["a store that is not there", { store_id: crypto.randomUUID() }],
    ["too many steps", { steps: Array.from({ length: 51 }, () => ({ text: "Раз" })) }],
  ])("are refused with %s", async (_what, given) => {
    const body = { category_id: category, title: "Раз", ...given };
    expect((await call("POST", "/tasks/", { body })).status).toBe(422);
  });

  test("are nowhere by an id that is none", async () => {
    expect((await call("GET", "/tasks/1/")).status).toBe(404);
    expect((await call("GET", `/tasks/${crypto.randomUUID()}/`)).status).toBe(404);
  });
});
