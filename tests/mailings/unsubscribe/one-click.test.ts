import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { GET, POST } from "@/app/unsubscribe/[token]/now/route";
import { recipients } from "@/lib/db/schema/recipients";
import { auditLog } from "@/lib/db/schema/workspace";
import { addRecipient } from "@/lib/mailings/recipients/manage-recipients";
import { lookAtLink } from "@/lib/mailings/unsubscribe/unsubscribe-by-link";
import { unsubscribeToken } from "@/lib/mailings/unsubscribe/unsubscribe-token";
import { testOffice } from "../../support/office";
import { somebody } from "../../support/recipients";

const { owner, access } = await testOffice();
const { db, clock } = access;
const secret = process.env.NEXTAUTH_SECRET ?? "";

let id = "";
let token = "";
beforeEach(async () => {
  await db.delete(recipients);
  id = await addRecipient(db, owner, somebody("a@example.kz"), clock());
  token = unsubscribeToken(id, secret);
});

const context = (of: string) => ({ params: Promise.resolve({ token: of }) });
const send = (of: string, body: string, type = "application/x-www-form-urlencoded") => {
  const headers = { "content-type": type };
  const address = "http://inside/unsubscribe/x/now";
  return POST(new Request(address, { method: "POST", body, headers }), context(of));
};
const oneClick = (of = token) => send(of, "List-Unsubscribe=One-Click");
const untilNow = async () => (await lookAtLink({ db, clock, secret }, token))?.hasEnded;
const written = () =>
  db
    .select()
    .from(auditLog)
    .where(and(eq(auditLog.action, "recipient.unsubscribed"), eq(auditLog.subjectId, id)));

describe("one click in a mail program", () => {
  test("ends the letters without asking who it is, with no redirect, and twice is once", async () => {
    for (const _twice of [1, 2]) expect((await oneClick()).status).toBe(200);
    const [row] = await db.select().from(recipients);
    expect(row?.unsubscribedAt).not.toBeNull();
    expect(await written()).toMatchObject([{ subjectId: id, userId: null }]);
  });

  test("at the same moment from two is once", async () => {
    await Promise.all([oneClick(), oneClick(), oneClick()]);
    expect(await written()).toHaveLength(1);
  });

  test("may be sent as either kind of form, or say nothing at all", async () => {
    const part = '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click';
    const form = `${part}\r\n--x--\r\n`;
    expect((await send(token, form, "multipart/form-data; boundary=x")).status).toBe(200);
    expect(await untilNow()).toBe(true);
    await db.update(recipients).set({ unsubscribedAt: null });
    expect((await send(token, "", "text/plain")).status).toBe(200);
    expect(await untilNow()).toBe(true);
  });
});

describe("the page", () => {
  test("is where a look at the address leads, which ends nothing", async () => {
    const answer = await GET(new Request("http://inside/"), context(token));
    expect(answer.status).toBe(303);
    expect(answer.headers.get("location")).toBe(`/unsubscribe/${token}`);
    expect(await untilNow()).toBe(false);
  });

  test("has a button that ends the letters and comes back", async () => {
    const answer = await send(token, "by=page");
    expect(answer.status).toBe(303);
    expect(answer.headers.get("location")).toBe(`/unsubscribe/${token}`);
    expect(await untilNow()).toBe(true);
  });
});

describe("a link that is not ours", () => {
  const guesses = () => {
    const [packed = "", signature = ""] = token.split(".");
    const [other = ""] = unsubscribeToken(randomUUID(), secret).split(".");
    return [
      unsubscribeToken(id, "another secret"),
      `${packed}.${"A".repeat(signature.length)}`,
      `${other}.${signature}`,
      `${packed}.`,
      id,
      "",
      "..%2f\r\nx: y",
    ];
  };

  test("ends nobody's letters and says no more than that", async () => {
    for (const guess of guesses()) {
      expect((await oneClick(guess)).status).toBe(404);
      expect(await lookAtLink({ db, clock, secret }, guess)).toBeNull();
      const page = await send(guess, "by=page");
      expect(page.headers.get("location")).toBe(`/unsubscribe/${encodeURIComponent(guess)}`);
    }
    expect(await untilNow()).toBe(false);
    expect(await written()).toEqual([]);
  });

  test("nor does one of somebody who is gone", async () => {
    await db.delete(recipients);
    expect((await oneClick()).status).toBe(404);
    expect(await lookAtLink({ db, clock, secret }, token)).toBeNull();
  });
});
