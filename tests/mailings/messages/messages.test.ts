import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { mailingRuns, mailings, messageFiles, messages } from "@/lib/db/schema/mailings";
import { recipients } from "@/lib/db/schema/recipients";
import { auditLog } from "@/lib/db/schema/workspace";
import { listMessages, MESSAGES_PER_PAGE, messageView } from "@/lib/mailings/messages/list-queries";
import {
  changeMessage,
  copyMessage,
  lockToChange,
  makeMessage,
  removeMessage,
} from "@/lib/mailings/messages/manage-messages";
import { messageListSchema, messageSchema } from "@/lib/mailings/messages/message-model";
import { updateMessage } from "@/lib/mailings/messages/write-queries";
import { beginRun } from "@/lib/mailings/runs/begin-run";
import { hold, waiting } from "../../support/locks";
import { createdMailing } from "../../support/mailings";
import { testOffice } from "../../support/office";
import { alsoMay } from "../../support/person";

const office = await testOffice();
const { owner, stranger } = office;
const { db, clock } = office.access;

const letter = { subject: "Новости", bodyText: "Здравствуйте, {{name}}", bodyHtml: "" };
const viewer = alsoMay(stranger, "view_message");
const writer = alsoMay(viewer, "view_recipient", "view_mailing", "edit_mailing");
const manager = alsoMay(viewer, "can_view_all_messages");

beforeEach(async () => {
  await db.delete(mailings);
  await db.delete(messages);
  await db.delete(recipients);
});

const made = (by = owner, given = letter) => makeMessage(db, by, given, clock());
const saved = async (id: string) =>
  (await db.select().from(messages).where(eq(messages.id, id)))[0] ?? expect.fail("it is gone");
const list = (by = owner, asked: Record<string, string> = {}) =>
  listMessages(db, by, messageListSchema.parse(asked));
/** A mailing of the letter, and its run under way. */
async function onItsWay() {
  const mailing = await createdMailing(office, [{ email: "a@example.kz" }], {}, letter);
  const begun = { mailing, trigger: "manual", startedBy: owner.id } as const;
  const run = await db.transaction((tx) => beginRun(tx, begun, clock()));
  return { id: mailing.messageId, run, mailing };
}

describe("who may do what with letters", () => {
  test("one's own are seen, everybody's by whoever may see all", async () => {
    const id = await made();
    const own = await made(writer);
    const ids = async (by = owner) => (await list(by)).rows.map((row) => row.id).sort();
    expect(await ids()).toEqual([id, own].sort());
    expect(await ids(viewer)).toEqual([own]);
    expect(await ids(manager)).toEqual([id, own].sort());
    expect(await messageView(db, writer, id)).toBeNull();
    expect(await messageView(db, manager, id)).toMatchObject({ ownerName: owner.name });
    await expect(ids(stranger)).rejects.toMatchObject({ kind: "forbidden" });
  });

  test("who may only look writes none", async () => {
    await expect(made(viewer)).rejects.toMatchObject({ kind: "forbidden" });
    const id = await made(writer);
    const change = changeMessage(db, viewer, { ...letter, messageId: id }, clock());
    await expect(change).rejects.toMatchObject({ kind: "forbidden" });
    await expect(removeMessage(db, viewer, id, clock())).rejects.toMatchObject({
      kind: "forbidden",
    });
  });

  test.each([
    ["that is not seen is not there", writer, "not_found"],
    ["that is only seen is not changed", alsoMay(writer, "can_view_all_messages"), "forbidden"],
  ] as const)("somebody's letter %s", async (_, by, kind) => {
    const id = await made();
    const change = changeMessage(db, by, { ...letter, messageId: id }, clock());
    await expect(change).rejects.toMatchObject({ kind });
    await expect(removeMessage(db, by, id, clock())).rejects.toMatchObject({ kind });
    expect(await saved(id)).toMatchObject(letter);
  });

  test("even an owner of the office changes no letter of another", async () => {
    const id = await made(writer);
    const change = changeMessage(db, owner, { ...letter, messageId: id }, clock());
    await expect(change).rejects.toMatchObject({ kind: "forbidden" });
  });

  test("a letter that is seen may be copied into one's own, with its files", async () => {
    const id = await made();
    const file = { name: "a.txt", type: "text/plain", size: 4, content: Buffer.from("text") };
    await db.insert(messageFiles).values({ ...file, messageId: id, createdAt: clock() });
    const reader = alsoMay(writer, "can_view_all_messages");
    const copy = await copyMessage(db, reader, id, clock());
    expect(await saved(copy)).toMatchObject({ ...letter, ownerId: writer.id });
    expect(await messageView(db, writer, copy)).toMatchObject({
      files: [{ name: "a.txt", size: 4 }],
    });
    await expect(copyMessage(db, writer, id, clock())).rejects.toMatchObject({ kind: "not_found" });
    await expect(copyMessage(db, manager, id, clock())).rejects.toMatchObject({
      kind: "forbidden",
    });
  });
});

describe("what is kept of a letter", () => {
  test("nothing in its HTML runs or loads by itself", async () => {
    const bodyHtml =
      '<p onclick="x()">Здравствуйте</p><script>alert(1)</script><img src="javascript:x()">' +
      '<a href="javascript:x()">ссылка</a><form action="https://example.kz"><input></form>';
    const id = await made(owner, { ...letter, bodyHtml });
    const kept = (await saved(id)).bodyHtml;
    expect(kept).toContain("Здравствуйте");
    expect(kept).not.toMatch(/script|onclick|javascript|<form|<input|<img/);
    const changed = { ...letter, messageId: id, bodyHtml: "<b>да</b><iframe src=x></iframe>" };
    expect(await changeMessage(db, owner, changed, clock())).toMatchObject({
      bodyHtml: "<b>да</b>",
    });
    expect((await saved(id)).bodyHtml).toBe("<b>да</b>");
  });

  test("placeholders that nobody knows are named where they stand", async () => {
    const given = { subject: "{{город}}", bodyText: "{{name}}", bodyHtml: "<b>{{price}}</b>" };
    await expect(made(owner, given)).rejects.toMatchObject({
      kind: "invalid",
      params: { names: "{{город}}, {{price}}" },
      details: [
        { path: "subject", message: "placeholders_unknown" },
        { path: "bodyHtml", message: "placeholders_unknown" },
      ],
    });
    expect(await db.$count(messages)).toBe(0);
  });

  test("a letter of nothing is none, HTML alone is one", async () => {
    const empty = { ...letter, bodyText: "", bodyHtml: "<p></p><script>1</script>" };
    await expect(made(owner, empty)).rejects.toMatchObject({
      details: [{ path: "bodyText", message: "message_empty" }],
    });
    await made(owner, { ...letter, bodyText: "", bodyHtml: "<p>Да</p>" });
  });

  test.each([
    ["", "message_subject_empty"],
    [" \n ", "message_subject_empty"],
    ["Новости\r\nBcc: all@example.kz", "message_subject_line"],
    ["Новости\u2028да", "message_subject_line"],
    ["н".repeat(201), "message_subject_long"],
  ])("its subject is not %j", (subject, message) => {
    const { error } = messageSchema.safeParse({ ...letter, subject });
    expect(error?.issues[0]).toMatchObject({ path: ["subject"], message });
  });

  test("every change is in the audit", async () => {
    const id = await made();
    await changeMessage(db, owner, { ...letter, messageId: id }, clock());
    await removeMessage(db, owner, id, clock());
    const entries = await db.select().from(auditLog).where(eq(auditLog.subjectId, id));
    expect(entries.map(({ action }) => action).sort()).toEqual([
      ...["message.changed", "message.deleted", "message.made"],
    ]);
  });
});

describe("a letter that is used", () => {
  test("is not changed while a run of it is under way, also when it is paused", async () => {
    const { id, run } = await onItsWay();
    const change = () =>
      changeMessage(db, owner, { ...letter, subject: "Другое", messageId: id }, clock());
    const beingSent = { kind: "conflict", key: "message_being_sent" };
    await expect(change()).rejects.toMatchObject(beingSent);
    const ofRun = eq(mailingRuns.id, run.id);
    await db.update(mailingRuns).set({ state: "paused" }).where(ofRun);
    await expect(change()).rejects.toMatchObject(beingSent);
    await db.update(mailingRuns).set({ state: "completed" }).where(ofRun);
    await change();
    expect(await saved(id)).toMatchObject({ subject: "Другое" });
  });

  test("is not changed by somebody who came while its run began", async () => {
    const mailing = await createdMailing(office, [{ email: "a@example.kz" }], {}, letter);
    const begun = { mailing, trigger: "manual", startedBy: owner.id } as const;
    const messageId = mailing.messageId;
    const held = await hold(db, (tx) => beginRun(tx, begun, clock()));
    const changing = changeMessage(db, owner, { ...letter, messageId }, clock()).catch(
      (error: unknown) => error,
    );
    await waiting(db, 1);
    await held.release();
    expect(await changing).toMatchObject({ key: "message_being_sent" });
  });

  test("is sent as it is after a change that was under way when its run began", async () => {
    const mailing = await createdMailing(office, [{ email: "a@example.kz" }], {}, letter);
    const begun = { mailing, trigger: "manual", startedBy: owner.id } as const;
    const messageId = mailing.messageId;
    const held = await hold(db, (tx) => lockToChange(tx, owner, messageId));
    const beginning = db.transaction((tx) => beginRun(tx, begun, clock()));
    await waiting(db, 1);
    await held.also((tx) => updateMessage(tx, messageId, { subject: "Другое" }, clock()));
    await held.release();
    expect(await beginning).toMatchObject({ subject: "Другое" });
  });

  test("is not deleted while a mailing is made of it; a copy of it may be", async () => {
    const { id, mailing } = await onItsWay();
    await expect(removeMessage(db, owner, id, clock())).rejects.toMatchObject({
      ...{ kind: "conflict", key: "message_in_use" },
      params: { numbers: `#${mailing.id}` },
    });
    const copy = await copyMessage(db, owner, id, clock());
    await removeMessage(db, owner, copy, clock());
    await db.delete(mailings);
    await removeMessage(db, owner, id, clock());
    expect(await db.$count(messages)).toBe(0);
  });
});

describe("the list", () => {
  test("is searched by the subject, whatever stands in it", async () => {
    await made(owner, { ...letter, subject: "Скидка 50%" });
    await made(owner, { ...letter, subject: "Скидка 500" });
    const found = async (q: string) => (await list(owner, { q })).rows.map((row) => row.subject);
    expect(await found("50%")).toEqual(["Скидка 50%"]);
    expect((await found("СКИДКА")).sort()).toEqual(["Скидка 50%", "Скидка 500"]);
    expect(await found("_")).toEqual([]);
  });

  test("has fifty a page, and says where each is used", async () => {
    const at = { createdAt: clock(), updatedAt: clock() };
    const rows = Array.from({ length: MESSAGES_PER_PAGE + 1 }, (_, nth) => ({
      ...{ ownerId: owner.id, subject: `${nth}`, ...at },
    }));
    await db.insert(messages).values(rows);
    expect(await list()).toMatchObject({ total: 51, page: 1, rows: { length: 50 } });
    const last = await list(owner, { page: "9" });
    expect(last).toMatchObject({ page: 2, rows: [{ files: 0, mailings: 0, hasHtml: false }] });
    await createdMailing(office, [], {}, { subject: "Своя" });
    expect((await list(owner, { q: "Своя" })).rows).toMatchObject([{ mailings: 1 }]);
  });
});
