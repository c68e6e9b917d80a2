import { asc, eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { importAnswer } from "@/app/(office)/mailings/recipients/import/file/import-answer";
import { MINUTE } from "@/lib/core/time";
import { recipients } from "@/lib/db/schema/recipients";
import { auditLog } from "@/lib/db/schema/workspace";
import { exportRecipients } from "@/lib/mailings/recipients/export-recipients";
import {
  importRecipients,
  previewRecipients,
  typedTags,
} from "@/lib/mailings/recipients/import-recipients";
import { addRecipient } from "@/lib/mailings/recipients/manage-recipients";
import { unsubscribe } from "@/lib/mailings/recipients/recipient-queries";
import { testOffice } from "../../support/office";
import { asWriter, recipientsOf, somebody } from "../../support/recipients";

const office = await testOffice();
const { owner, twin } = office;
const { db, clock } = office.access;
const other = asWriter(office.stranger);

beforeEach(async () => {
  await db.delete(recipients);
  twin.advance({ ms: MINUTE });
});

const table = (lines: readonly string[], more: { tags?: string[]; update?: boolean } = {}) => ({
  file: new TextEncoder().encode(lines.join("\n")),
  ...{ tags: [], update: false, ...more },
});
const look = (lines: readonly string[], more = {}) =>
  previewRecipients(db, owner, table(lines, more));
const load = (lines: readonly string[], more = {}) =>
  importRecipients(db, owner, table(lines, more), clock());
const imported = () =>
  db
    .select()
    .from(auditLog)
    .where(eq(auditLog.action, "recipient.imported"))
    .orderBy(asc(auditLog.at), asc(auditLog.id));
const head = "Почта;Имя;Метки;Комментарий";

describe("a table of recipients", () => {
  test("adds each address once and says of every other line why not", async () => {
    await addRecipient(db, owner, somebody("There@example.kz", { fullName: "Старое" }), clock());
    await addRecipient(db, other, somebody("new@example.kz"), clock());
    const lines = [
      head,
      "new@example.kz;Асель;опт, юг;звонить утром",
      "NEW@example.kz;Ещё раз;;",
      "there@EXAMPLE.kz;Новое;;",
      "no address;;;",
      ";Без адреса;;",
    ];
    const before = (await imported()).length;
    const seen = await look(lines);
    expect(seen).toMatchObject({ lines: 5, added: 1, updated: 0, there: 1, twice: 1 });
    expect(seen.findings).toEqual([
      { kind: "unreadable", line: 5, email: "no address", column: "email", key: "email_invalid" },
      { kind: "unreadable", line: 6, email: "", column: "email", key: "field_empty" },
      { kind: "twice", line: 3, email: "NEW@example.kz", firstLine: 2 },
      { kind: "there", line: 4, email: "there@EXAMPLE.kz" },
    ]);
    expect(await recipientsOf(db, owner)).toHaveLength(1);
    expect(await load(lines)).toEqual(seen);
    const { findings } = importAnswer(seen, "ru");
    expect(findings.map(({ text }) => text)).toEqual([
      "Почта: Проверьте адрес почты, например name@mail.kz.",
      "Почта: Заполните поле.",
      "Этот адрес уже есть в строке 2.",
      "Этот адрес у вас уже есть.",
    ]);
    expect(await recipientsOf(db, owner)).toMatchObject([
      { email: "There@example.kz", fullName: "Старое" },
      {
        ...{ email: "new@example.kz", fullName: "Асель" },
        ...{ tags: ["опт", "юг"], comment: "звонить утром" },
      },
    ]);
    const entries = (await imported()).slice(before);
    expect(entries).toMatchObject([{ userId: owner.id, details: { count: 1, updated: 0 } }]);
  });

  test("completes those who are there when it is asked to, and makes nobody get letters again", async () => {
    const id = await addRecipient(
      db,
      owner,
      somebody("a@example.kz", { fullName: "Старое", comment: "важно", tags: ["опт"] }),
      clock(),
    );
    await unsubscribe(db, id, clock());
    const lines = [head, "A@example.kz;Новое;юг;"];
    const report = await load(lines, { update: true, tags: ["файл"] });
    expect(report).toMatchObject({ added: 0, updated: 1, there: 1, findings: [] });
    const [row] = await recipientsOf(db, owner);
    expect(row).toMatchObject({
      ...{ email: "a@example.kz", fullName: "Новое", comment: "важно" },
      tags: ["опт", "юг", "файл"],
    });
    expect(row?.unsubscribedAt).not.toBeNull();
  });

  test("leaves alone whoever would have too many tags", async () => {
    const tags = Array.from({ length: 20 }, (_, nth) => `т${nth}`);
    await addRecipient(db, owner, somebody("a@example.kz", { tags }), clock());
    const report = await load([head, "a@example.kz;Новое;ещё;"], { update: true });
    expect(report).toMatchObject({ added: 0, updated: 0, there: 1 });
    expect(report.findings).toMatchObject([{ kind: "full", line: 2 }]);
    expect(await recipientsOf(db, owner)).toMatchObject([{ fullName: "", tags }]);
    const fresh = await look([head, `b@example.kz;;${tags.join(",")};`], { tags: ["ещё"] });
    expect(fresh.findings).toMatchObject([{ kind: "unreadable", key: "tags_many" }]);
  });

  test.each(["Имя\r\nBcc: x@example.kz", "Имя\u2028x"])(
    "takes no name that would begin another line of a letter's head: %j",
    async (name) => {
      const report = await load([head, `a@example.kz;"${name}";;`]);
      expect(report.findings).toMatchObject([{ column: "name", key: "line_break" }]);
      expect(await recipientsOf(db, owner)).toEqual([]);
    },
  );

  test.each(["E-mail,Name", "Электронная почта,ФИО", "пошта,аты", "EMAIL,full name"])(
    "knows its columns by their names: %s",
    async (names) => {
      await load([names, "a@example.kz,Асель"]);
      expect(await recipientsOf(db, owner)).toMatchObject([
        { email: "a@example.kz", fullName: "Асель" },
      ]);
    },
  );

  test("is refused without a column of addresses, and with more lines than a file may have", async () => {
    await expect(look(["Имя;Метки", "Асель;опт"])).rejects.toMatchObject({
      key: "recipients_columns",
    });
    const many = Array.from({ length: 100_001 }, (_, nth) => `u${nth}@e.kz`);
    await expect(look([head, ...many])).rejects.toMatchObject({ key: "recipients_lines" });
  });

  test("comes back as it was given, with signs that a table would carry out", async () => {
    const given = somebody("a@example.kz", {
      ...{ fullName: '=1+1 "Асель"', comment: "звонить, утром", tags: ["опт", "юг"] },
    });
    await addRecipient(db, owner, given, clock());
    const asked = { filter: {}, format: "csv", locale: "ru", now: clock() } as const;
    const file = await new Response(await exportRecipients(db, owner, asked)).text();
    expect(file).toContain(`"'=1+1 ""Асель"""`);
    await db.delete(recipients);
    await importRecipients(
      db,
      other,
      { file: new TextEncoder().encode(file), tags: [], update: false },
      clock(),
    );
    expect(await recipientsOf(db, other)).toMatchObject([given]);
  });
});

test("tags beside the file are read as they are typed, or it is said what is wrong", () => {
  expect(typedTags(" опт, юг ,опт")).toEqual(["опт", "юг"]);
  expect(() => typedTags("а".repeat(51))).toThrow("tag_long");
});
