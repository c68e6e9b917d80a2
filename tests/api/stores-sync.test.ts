import { eq, inArray } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { answerApi } from "@/lib/api/answer-api";
import { SECOND } from "@/lib/core/time";
import { kaspiAccounts, kaspiSessions, stores } from "@/lib/db/schema/kaspi";
import { products } from "@/lib/db/schema/products";
import { auditLog, runs } from "@/lib/db/schema/workspace";
import { cancelProgress, failRun } from "@/lib/runs/queries";
import { syncStore } from "@/lib/sync/jobs";
import { within } from "../support/api-access";
import { apiStores } from "../support/api-stores";
import { eventually } from "../support/locks";
import { startOfficeJobs } from "../support/office-jobs";
import { connectedStore } from "../support/stores";

const office = await apiStores();
const { access, added, bySeller, call, database, twin } = office;
const { db } = access;
const jobs = await startOfficeJobs(office, [syncStore]);

/** Half a minute passes at once. */
const hurried = { ...access, sleep: async () => {} };

/** A store whose first sync is over. */
async function synced() {
  const store = await connectedStore(office);
  await jobs.drain();
  return { ...store, path: `/kaspi/stores/${store.storeId}/sync/` };
}

const asked = eq(auditLog.action, "store.sync_requested");
const isBegun = async () => (await db.$count(runs, eq(runs.status, "queued"))) > 0;
/** The line to Postgres stands: from now on nothing is read but what is told. */
const isHeard = async () => {
  const lines = await database.sql`select from pg_stat_activity
    where datname = current_database() and state = 'idle' and query ilike 'listen%ping%'`;
  return lines.length > 0;
};
const isOver = async () => (await db.$count(runs, inArray(runs.status, under))) === 0;
const under: ("queued" | "running")[] = ["queued", "running"];

/** The answer to a request for a sync whose job works only once it has been asked for, each try after the other. */
async function answered(path: string, more: Parameters<typeof call>[2] = {}) {
  const answer = call("POST", path, more);
  await eventually(isBegun);
  for (await jobs.drain(); !(await isOver()); await jobs.drain()) jobs.clock.advance(SECOND);
  return answer;
}

describe("a sync that is waited for", () => {
  test("answers with what it has come to", async () => {
    const { path, storeId } = await synced();
    const { status, body } = await answered(path);
    expect(status).toBe(200);
    const { body: store } = await call("GET", `/kaspi/stores/${storeId}/`);
    expect(body).toEqual({
      success: true,
      products_count: store.products_count,
      created: 0,
      updated: 0,
      gone: 0,
      message: expect.stringContaining("товаров"),
      run_id: expect.any(String),
    });
    expect(store.products_count).toBeGreaterThan(0);
    expect(store.last_sync).not.toBeNull();
    const { body: run } = await call("GET", `/runs/${body.run_id}/`);
    expect(run).toMatchObject({ status: "finished" });
  });

  test("counts what is new, and says when it has not read all", async () => {
    const { path } = await synced();
    await db.delete(products);
    const { body } = await answered(path.replace(/\/$/, ""));
    expect(body.created).toBe(body.products_count);
    expect(body.message).toContain("новых");
    await db.delete(products);
    twin.setFault({ name: "list_bad_row" });
    const { status, body: partial } = await answered(path);
    expect(status).toBe(200);
    expect(partial.message).toContain("не целиком");
  });

  test("joins the one that is under way", async () => {
    const { path } = await synced();
    const first = call("POST", path);
    await eventually(isBegun);
    const second = await answered(path);
    expect(second.body.run_id).toBe((await first).body.run_id);
    expect(await db.$count(runs)).toBe(2);
  });

  test("answers with the run when it takes longer than half a minute", async () => {
    const { path } = await synced();
    const { status, body, headers } = await within(hurried, () => call("POST", path));
    expect(status).toBe(202);
    expect(body).toEqual({ success: true, run_id: expect.any(String), status: "running" });
    expect(headers.get("location")).toBe(`/api/v1/runs/${body.run_id}/`);
    expect((await call("GET", `/runs/${body.run_id}/`)).body.status).toBe("queued");
  });

  test("is not waited for by a program that has left", async () => {
    const { path } = await synced();
    const left = new AbortController();
    const headers = { authorization: `Bearer ${office.key}` };
    const address = `http://inside/api/v1${path}`;
    const answer = answerApi(
      new Request(address, { method: "POST", headers, signal: left.signal }),
    );
    await eventually(isBegun);
    await eventually(isHeard);
    const leftAt = performance.now();
    left.abort();
    expect((await answer).status).toBe(202);
    expect(performance.now() - leftAt).toBeLessThan(5 * SECOND);
  });

  test("is waited for a dozen times by one person, and no more", async () => {
    const { path } = await synced();
    const left = new AbortController();
    const headers = { authorization: `Bearer ${office.key}` };
    const ask = (signal: AbortSignal | null) =>
      answerApi(new Request(`http://inside/api/v1${path}`, { method: "POST", headers, signal }));
    const answers = Array.from({ length: 12 }, () => ask(left.signal));
    await eventually(async () => (await db.$count(auditLog, asked)) === 12);
    expect((await ask(null)).status).toBe(202);
    left.abort();
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(Array(12).fill(202));
    expect((await answered(path)).status).toBe(200);
  });

  test("that somebody cancels says so", async () => {
    const { path } = await synced();
    const answer = call("POST", path);
    await eventually(isBegun);
    const [run] = await db.select().from(runs).where(eq(runs.status, "queued"));
    await cancelProgress(db, run?.id ?? "", access.clock());
    const { status, body } = await answer;
    expect([status, body.code]).toEqual([409, "conflict"]);
  });

  test("is asked for once by a repeated request", async () => {
    const { path } = await synced();
    const headers = { "idempotency-key": "sync-1" };
    const first = await answered(path, { headers });
    const again = await call("POST", path, { headers });
    expect([again.status, again.body]).toEqual([200, first.body]);
  });
});

test.each(["respond-async", "wait=10, Respond-Async"])(
  "a sync that nobody waits for is answered with its run at once: %s",
  async (prefer) => {
    const { path } = await synced();
    const { status, body, headers } = await call("POST", path, { headers: { prefer } });
    expect([status, body.status]).toEqual([202, "running"]);
    expect(headers.get("location")).toBe(`/api/v1/runs/${body.run_id}/`);
    expect(headers.get("preference-applied")).toBe("respond-async");
    await jobs.drain();
    const run = await call("GET", headers.get("location")?.replace("/api/v1", "") ?? "");
    expect(run.body).toMatchObject({ id: body.run_id, status: "finished" });
  },
);

describe("a sync that fails", () => {
  test("for want of a session asks for somebody to log in", async () => {
    const { path } = await synced();
    await db.update(kaspiAccounts).set({ password: null });
    twin.expireSessions();
    const { status, body } = await answered(path);
    expect([status, body.code]).toEqual([409, "needs_reauth"]);
    expect(body.error).toContain("пароля мы не храним");
    const { body: session } = await call("GET", path.replace("sync", "session"));
    expect(session).toMatchObject({ needs_reauth: true, reason: "no_password" });
  });

  test("asks for the same when Kaspi closes each session at once", async () => {
    const { path } = await synced();
    await db.update(kaspiSessions).set({ isRenewal: true });
    twin.expireSessions();
    const { status, body } = await answered(path);
    expect([status, body.code]).toEqual([409, "needs_reauth"]);
  });

  test("by a fault of Kaspi's answers with that fault", async () => {
    const { path } = await synced();
    twin.setFault({ name: "server_error", at: ["list"] });
    const { status, body, headers } = await answered(path);
    expect([status, body.code, body.success]).toEqual([503, "kaspi_unreachable", false]);
    expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
  });

  test("by surprise says no more than that", async () => {
    const { path } = await synced();
    const answer = call("POST", path);
    await eventually(isBegun);
    const [run] = await db.select().from(runs).where(eq(runs.status, "queued"));
    await failRun(db, run?.id ?? "", "unknown", access.clock());
    const { status, body } = await answer;
    expect([status, body.code]).toEqual([503, "unavailable"]);
    expect(body.error).toContain("Обновление товаров не удалось");
  });
});

describe("no sync begins", () => {
  test("of a store on pause, or of the official interface only", async () => {
    const { storeId, path } = await synced();
    await db.update(stores).set({ isActive: false });
    const paused = await call("POST", path);
    expect([paused.status, paused.body.code]).toEqual([409, "conflict"]);
    await db.update(stores).set({ isActive: true, officialOnly: true });
    const official = await call("POST", path);
    expect([official.status, official.body.code]).toEqual([409, "official_only"]);
    expect(await db.$count(runs, eq(runs.storeId, storeId))).toBe(1);
  });

  test("of a store that nobody has logged in to", async () => {
    const id = await added();
    for (const prefer of ["", "respond-async"]) {
      const said = { ...bySeller, headers: { prefer } };
      const { status, body } = await call("POST", `/kaspi/stores/${id}/sync/`, said);
      expect([status, body.code]).toEqual([409, "needs_reauth"]);
    }
    expect(await db.$count(runs)).toBe(0);
  });
});
