import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { HOUR } from "@/lib/core/time";
import { paces } from "@/lib/db/schema/api-keys";
import { messages } from "@/lib/db/schema/mailings";
import { recipients } from "@/lib/db/schema/recipients";
import { auditLog } from "@/lib/db/schema/workspace";
import { addFile } from "@/lib/mailings/messages/manage-files";
import { makeMessage } from "@/lib/mailings/messages/manage-messages";
import { previewLetter } from "@/lib/mailings/messages/preview-letter";
import { tryLetter } from "@/lib/mailings/messages/try-letter";
import { mailingsOf, mailServerOf, refusal } from "../../support/mailings";
import { testOffice } from "../../support/office";
import { alsoMay } from "../../support/person";

const office = await testOffice();
const { owner, stranger, twin } = office;
const { db, clock } = office.access;
const server = await mailServerOf();
const access = mailingsOf(office, server.settings);
const writer = alsoMay(stranger, "view_recipient", "view_message", "view_mailing", "edit_mailing");
const letter = {
  subject: "Для {{first_name}}",
  bodyText: "Здравствуйте, {{name}}. {{unsubscribe}}",
  bodyHtml: "<p>Здравствуйте, <b>{{name}}</b>, {{email}}</p>",
};

beforeEach(async () => {
  server.taken.length = 0;
  server.behaves({});
  await db.delete(paces);
  await db.delete(messages);
  await db.delete(recipients);
});

const made = (by = owner) => makeMessage(db, by, letter, clock());
const aRecipient = (ownerId = owner.id, fullName = "Асель Нурланова") =>
  db.insert(recipients).values({
    ...{ ownerId, email: "Asel@example.kz", fullName, createdAt: clock(), updatedAt: clock() },
  });

describe("a letter to oneself", () => {
  test("goes to the caller, with the words of a recipient and no way to unsubscribe them", async () => {
    await aRecipient();
    const messageId = await made();
    const file = { name: "a.txt", type: "text/plain", content: Buffer.from("a file") };
    await addFile(db, owner, { messageId, ...file }, clock());
    const tried = await tryLetter(access, owner, { messageId, as: "asel@example.kz" });
    expect(tried).toMatchObject({ to: owner.email, kind: "success" });
    expect(tried.said).toMatch(/^250/);
    expect(server.taken.map(({ to }) => to)).toEqual([owner.email]);
    const raw = server.taken[0]?.raw ?? "";
    expect(raw).toContain("a.txt");
    expect(raw).not.toMatch(/List-Unsubscribe|\/unsubscribe\//);
    const entries = await db.select().from(auditLog).where(eq(auditLog.subjectId, messageId));
    expect(entries.map(({ action }) => action)).toContain("message.tested");
  });

  test("says what the server said when it is not taken", async () => {
    const messageId = await made();
    server.behaves({ rcpt: () => refusal(550, "5.1.1 No such user here") });
    const hard = await tryLetter(access, owner, { messageId, as: "" });
    expect(hard).toMatchObject({ kind: "hard", said: expect.stringContaining("No such user") });
    server.behaves({ rcpt: () => refusal(451, "4.7.1 Greylisted") });
    const soft = await tryLetter(access, owner, { messageId, as: "" });
    expect(soft).toMatchObject({ kind: "soft", said: expect.stringContaining("Greylisted") });
  });

  test("goes ten times an hour, by each", async () => {
    const messageId = await made();
    const once = () => tryLetter(access, owner, { messageId, as: "" });
    for (let nth = 0; nth < 10; nth += 1) await once();
    await expect(once()).rejects.toMatchObject({ kind: "rate_limited", key: "too_many_tries" });
    expect(server.taken).toHaveLength(10);
    const theirs = await made(writer);
    await tryLetter(access, writer, { messageId: theirs, as: "" });
    twin.advance({ ms: HOUR / 10 });
    await once();
    expect(server.taken).toHaveLength(12);
  });

  test("is of one's own letter alone, and of a recipient that is seen", async () => {
    const messageId = await made();
    const send = (by = owner, as = "") => tryLetter(access, by, { messageId, as });
    await expect(send(writer)).rejects.toMatchObject({ kind: "not_found" });
    const manager = alsoMay(writer, "can_view_all_messages");
    await expect(send(manager)).rejects.toMatchObject({ kind: "forbidden" });
    await expect(send(owner, "nobody@example.kz")).rejects.toMatchObject({
      details: [{ path: "as", message: "message_recipient_unknown" }],
    });
    expect(server.taken).toEqual([]);
  });

  test("does not leave where there is no mail server, and counts as none", async () => {
    const messageId = await made();
    const without = { ...access, openPost: null };
    await expect(tryLetter(without, owner, { messageId, as: "" })).rejects.toMatchObject({
      ...{ kind: "conflict", key: "mail_not_set" },
    });
    expect(await db.$count(paces)).toBe(0);
  });
});

describe("a letter that is looked at", () => {
  const look = (by = owner, as = "", given = letter) => previewLetter(access, by, { ...given, as });

  test("has one's own words, or those of a recipient; a name is never markup", async () => {
    await aRecipient(owner.id, "<b>Асель</b> Нурланова");
    expect(await look()).toMatchObject({ to: { name: owner.name, address: owner.email } });
    const seen = await look(owner, "asel@example.kz");
    expect(seen.subject).toBe("Для <b>Асель</b>");
    expect(seen.text).toContain("Здравствуйте, <b>Асель</b> Нурланова");
    expect(seen.html).toContain("&lt;b&gt;Асель&lt;/b&gt; Нурланова");
    expect(seen.text).not.toContain("/unsubscribe/");
  });

  test("is safe before it is saved", async () => {
    const bodyHtml = '<script>1</script><p onclick="x()">да</p>';
    expect((await look(owner, "", { ...letter, bodyHtml })).html).toBe("<p>да</p>");
  });

  test("has nobody's words that the caller does not see", async () => {
    await aRecipient();
    const reader = alsoMay(stranger, "view_message", "view_recipient");
    await expect(look(reader, "asel@example.kz")).rejects.toMatchObject({ kind: "invalid" });
    const all = alsoMay(reader, "can_view_all_recipients");
    expect((await look(all, "asel@example.kz")).subject).toBe("Для Асель");
    const blind = alsoMay(stranger, "view_message");
    await expect(look(blind, "asel@example.kz")).rejects.toMatchObject({ kind: "forbidden" });
    await expect(look(stranger)).rejects.toMatchObject({ kind: "forbidden" });
  });
});
