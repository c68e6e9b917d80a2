import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { AppError } from "@/lib/core/errors";
import { mailings, messageFiles, messages } from "@/lib/db/schema/mailings";
import { readUpload } from "@/lib/excel/read-upload";
import { MOST_FILE_BYTES, MOST_FILES } from "@/lib/mailings/messages/file-model";
import { addFile, openFile, removeFile } from "@/lib/mailings/messages/manage-files";
import { makeMessage, removeMessage } from "@/lib/mailings/messages/manage-messages";
import { beginRun } from "@/lib/mailings/runs/begin-run";
import { createdMailing } from "../../support/mailings";
import { testOffice } from "../../support/office";
import { alsoMay } from "../../support/person";

const office = await testOffice();
const { owner, stranger } = office;
const { db, clock } = office.access;
const writer = alsoMay(stranger, "view_recipient", "view_message", "view_mailing", "edit_mailing");
const letter = { subject: "Новости", bodyText: "Здравствуйте", bodyHtml: "" };

beforeEach(async () => {
  await db.delete(mailings);
  await db.delete(messages);
});

const made = (by = owner) => makeMessage(db, by, letter, clock());
const file = (bytes: number, name = "прайс.pdf") => ({
  ...{ name, type: "application/pdf", content: Buffer.alloc(bytes, "x") },
});
const add = (messageId: string, bytes: number, by = owner) =>
  addFile(db, by, { messageId, ...file(bytes) }, clock());

test("a file goes with a letter under a safe name, and comes back as it was", async () => {
  const messageId = await made();
  const content = Buffer.from("the price list");
  const given = { messageId, name: "../п\r\nрайс.pdf", type: "message/rfc822", content };
  const id = await addFile(db, owner, given, clock());
  expect(await openFile(db, owner, id)).toEqual({
    ...{ name: "прайс.pdf", type: "application/octet-stream", content },
  });
  await removeFile(db, owner, id, clock());
  await expect(openFile(db, owner, id)).rejects.toMatchObject({ kind: "not_found" });
});

test("all files of a letter have 10 MB together, to the byte", async () => {
  const messageId = await made();
  await add(messageId, MOST_FILE_BYTES - 10);
  const large = { kind: "invalid", key: "message_files_large" };
  await expect(add(messageId, 11)).rejects.toMatchObject(large);
  await add(messageId, 10);
  await expect(add(messageId, 1)).rejects.toMatchObject(large);
  await expect(add(await made(), MOST_FILE_BYTES + 1)).rejects.toMatchObject(large);
});

test("two files at once do not pass the bound together", async () => {
  const messageId = await made();
  const half = MOST_FILE_BYTES / 2 + 1;
  const ends = await Promise.allSettled([add(messageId, half), add(messageId, half)]);
  expect(ends.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(await db.$count(messageFiles)).toBe(1);
});

test("an empty file is none, and their number is bounded", async () => {
  const messageId = await made();
  await expect(add(messageId, 0)).rejects.toMatchObject({ key: "message_file_empty" });
  for (let nth = 0; nth < MOST_FILES; nth += 1) await add(messageId, 1);
  await expect(add(messageId, 1)).rejects.toMatchObject({ key: "message_files_many" });
});

test("files are their owner's to change, and seen with their letter", async () => {
  const messageId = await made();
  const id = await add(messageId, 4);
  await expect(openFile(db, writer, id)).rejects.toMatchObject({ kind: "not_found" });
  await expect(add(messageId, 1, writer)).rejects.toMatchObject({ kind: "not_found" });
  await expect(removeFile(db, writer, id, clock())).rejects.toMatchObject({ kind: "not_found" });
  const manager = alsoMay(writer, "can_view_all_messages");
  expect(await openFile(db, manager, id)).toMatchObject({ name: "прайс.pdf" });
  await expect(add(messageId, 1, manager)).rejects.toMatchObject({ kind: "forbidden" });
  await expect(removeFile(db, manager, id, clock())).rejects.toMatchObject({ kind: "forbidden" });
  await expect(openFile(db, stranger, id)).rejects.toMatchObject({ kind: "forbidden" });
});

test("files stay as they are while a run is under way, and go with their letter", async () => {
  const mailing = await createdMailing(office, [{ email: "a@example.kz" }]);
  const id = await add(mailing.messageId, 4);
  const begun = { mailing, trigger: "manual", startedBy: owner.id } as const;
  await db.transaction((tx) => beginRun(tx, begun, clock()));
  const beingSent = { kind: "conflict", key: "message_being_sent" };
  await expect(add(mailing.messageId, 1)).rejects.toMatchObject(beingSent);
  await expect(removeFile(db, owner, id, clock())).rejects.toMatchObject(beingSent);
  await db.delete(mailings).where(eq(mailings.id, mailing.id));
  await removeMessage(db, owner, mailing.messageId, clock());
  expect(await db.$count(messageFiles)).toBe(0);
});

test("a form with more than it may carry is not read to its end", async () => {
  const limits = {
    mostBytes: 1_000,
    tooLarge: () => new AppError("invalid", "message_files_large"),
    unreadable: () => new AppError("invalid", "message_file_unreadable"),
  };
  const form = new FormData();
  form.set("file", new File([Buffer.alloc(200_000)], "a.bin"));
  const sent = () => new Request("http://inside/", { method: "POST", body: form });
  await expect(readUpload(sent(), limits)).rejects.toMatchObject({ key: "message_files_large" });
  const noForm = new Request("http://inside/", { method: "POST", body: "no form" });
  await expect(readUpload(noForm, limits)).rejects.toMatchObject({
    key: "message_file_unreadable",
  });
});
