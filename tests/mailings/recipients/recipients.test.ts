import { and, eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { MINUTE } from "@/lib/core/time";
import { recipients } from "@/lib/db/schema/recipients";
import { auditLog } from "@/lib/db/schema/workspace";
import { removeRecipients, tagRecipients } from "@/lib/mailings/recipients/change-chosen";
import {
  addRecipient,
  changeRecipient,
  writeAgain,
} from "@/lib/mailings/recipients/manage-recipients";
import { listRecipients } from "@/lib/mailings/recipients/recipient-list-queries";
import { recipientsAddress } from "@/lib/mailings/recipients/recipient-model";
import { markBounced, unsubscribe } from "@/lib/mailings/recipients/recipient-queries";
import { testOffice } from "../../support/office";
import { asWriter, recipientsOf, somebody } from "../../support/recipients";

const office = await testOffice();
const { owner, twin } = office;
const { db, clock } = office.access;
const other = asWriter(office.stranger);

beforeEach(async () => {
  await db.delete(recipients);
  twin.advance({ ms: 60 * MINUTE });
});

const add = (email: string, more = {}) => addRecipient(db, owner, somebody(email, more), clock());
const byId = async (id: string) =>
  (await db.select().from(recipients).where(eq(recipients.id, id)))[0];
const found = async (asked: Record<string, string>) =>
  (await listRecipients(db, owner, recipientsAddress.parse(asked))).rows.map(({ email }) => email);
const only = (...recipientIds: string[]) => ({ recipientIds, found: null });

describe("an address", () => {
  test("is one's own once, in whatever letters, and others may have it, too", async () => {
    const id = await add("Name@Example.kz");
    const taken = { kind: "conflict", details: [{ path: "email", message: "recipient_there" }] };
    await expect(add("name@EXAMPLE.kz")).rejects.toMatchObject(taken);
    await addRecipient(db, other, somebody("name@example.kz"), clock());
    const second = await add("second@example.kz");
    const given = { ...somebody("NAME@example.kz"), id: second };
    await expect(changeRecipient(db, owner, given, clock())).rejects.toMatchObject(taken);
    await changeRecipient(db, owner, { ...somebody("NAME@example.kz"), id }, clock());
    expect((await recipientsOf(db, owner)).map(({ email }) => email).sort()).toEqual([
      "NAME@example.kz",
      "second@example.kz",
    ]);
  });

  test("is added once by two at the same moment", async () => {
    const ends = await Promise.allSettled(["x@example.kz", "X@example.kz"].map((one) => add(one)));
    expect(ends.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await recipientsOf(db, owner)).toHaveLength(1);
  });

  test("that is another one forgets what the former one bounced, and not what a person has said", async () => {
    const id = await add("a@example.kz");
    await markBounced(db, { id, email: "A@example.kz", reason: "550 5.1.1" }, clock());
    await unsubscribe(db, id, clock());
    await changeRecipient(db, owner, { ...somebody("A@example.kz"), id }, clock());
    expect(await byId(id)).toMatchObject({ bounceReason: "550 5.1.1" });
    await changeRecipient(db, owner, { ...somebody("b@example.kz"), id }, clock());
    expect(await byId(id)).toMatchObject({ bouncedAt: null, bounceReason: null });
    expect((await byId(id))?.unsubscribedAt).not.toBeNull();
  });
});

test("letters go again to whom they did not, and it is written down once", async () => {
  const id = await add("a@example.kz");
  await unsubscribe(db, id, clock());
  await markBounced(db, { id, email: "a@example.kz", reason: "550" }, clock());
  for (const _twice of [1, 2]) await writeAgain(db, owner, id, clock());
  expect(await byId(id)).toMatchObject({
    ...{ unsubscribedAt: null, bouncedAt: null, bounceReason: null },
  });
  const said = await db
    .select()
    .from(auditLog)
    .where(and(eq(auditLog.action, "recipient.resubscribed"), eq(auditLog.subjectId, id)));
  expect(said).toMatchObject([{ subjectId: id, userId: owner.id }]);
});

describe("tags of many", () => {
  test("come after those that are there, each once, and are taken away", async () => {
    const ids = await Promise.all([
      add("a@example.kz", { tags: ["один", "два"] }),
      add("b@example.kz"),
    ]);
    const said = { ...only(...ids), add: ["два", "три"], remove: ["один"] };
    expect(await tagRecipients(db, owner, said, clock())).toEqual({ done: 2, skipped: 0 });
    const tags = (await recipientsOf(db, owner)).map((one) => one.tags);
    expect(tags).toEqual([
      ["два", "три"],
      ["два", "три"],
    ]);
  });

  test("skip whoever would have too many", async () => {
    const many = Array.from({ length: 20 }, (_, nth) => `т${nth}`);
    const full = await add("a@example.kz", { tags: many });
    const free = await add("b@example.kz");
    const said = { ...only(full, free), add: ["ещё"], remove: [] };
    expect(await tagRecipients(db, owner, said, clock())).toEqual({ done: 1, skipped: 1 });
    expect((await byId(full))?.tags).toEqual(many);
  });

  test("go to all that a search finds, and to nobody else", async () => {
    await add("a@example.kz", { tags: ["опт"] });
    await add("b@example.kz");
    const search = { q: null, tag: "опт", state: null };
    const said = { recipientIds: [], found: search, add: ["новое"], remove: ["опт"] };
    expect(await tagRecipients(db, owner, said, clock())).toEqual({ done: 1, skipped: 0 });
    expect(await found({ tag: "новое" })).toEqual(["a@example.kz"]);
    expect(await found({ tag: "опт" })).toEqual([]);
  });

  test("nobody who is ticked is nobody", async () => {
    await add("a@example.kz");
    expect(await removeRecipients(db, owner, only(), clock())).toBe(0);
    expect(await recipientsOf(db, owner)).toHaveLength(1);
  });
});

describe("the list", () => {
  test("is narrowed by words, tag and state, and takes signs as they are", async () => {
    const a = await add("a_b@example.kz", { fullName: "Асель Нурланова", tags: ["опт"] });
    const b = await add("axb@example.kz", { comment: "скидка 5%" });
    const c = await add("c@example.kz");
    await unsubscribe(db, b, clock());
    await markBounced(db, { id: c, email: "c@example.kz", reason: "550" }, clock());
    expect(await found({ q: "асель" })).toEqual(["a_b@example.kz"]);
    expect(await found({ q: "a_b" })).toEqual(["a_b@example.kz"]);
    expect(await found({ q: "5%" })).toEqual(["axb@example.kz"]);
    expect(await found({ q: "%" })).toEqual(["axb@example.kz"]);
    expect(await found({ tag: "опт" })).toEqual(["a_b@example.kz"]);
    expect(await found({ state: "active" })).toEqual(["a_b@example.kz"]);
    expect(await found({ state: "unsubscribed" })).toEqual(["axb@example.kz"]);
    expect(await found({ state: "bounced" })).toEqual(["c@example.kz"]);
    expect(await found({ state: "nonsense", owner: "me", page: "x" })).toHaveLength(3);
    expect(a).not.toBe(c);
  });

  test("is sorted both ways, and its last page stands for those behind it", async () => {
    const emails = Array.from({ length: 53 }, (_, nth) => `u${String(nth).padStart(2, "0")}@e.kz`);
    for (const email of emails) await add(email);
    expect(await found({ sort: "email" })).toEqual(emails.slice(0, 50));
    expect(await found({ sort: "-email" })).toEqual(emails.toReversed().slice(0, 50));
    const asked = recipientsAddress.parse({ sort: "email", page: "9" });
    const { rows, page, total } = await listRecipients(db, owner, asked);
    expect({ page, total }).toEqual({ page: 2, total: 53 });
    expect(rows.map(({ email }) => email)).toEqual(emails.slice(50));
  });
});
