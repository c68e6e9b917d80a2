import fc from "fast-check";
import { beforeEach, describe, expect, test } from "vitest";
import { DAY } from "@/lib/core/time";
import { attempts } from "@/lib/db/schema/mailings";
import { translator } from "@/lib/i18n/translator";
import { exportAttempts } from "@/lib/mailings/runs/export-attempts";
import { lettersOf } from "@/lib/mailings/runs/letter-of";
import {
  asNew,
  createdMailing,
  mailingsOf,
  mailServerOf,
  people,
  refusal,
  sendingOf,
} from "../../support/mailings";
import { testOffice } from "../../support/office";

const office = await testOffice();
const { owner } = office;
const { db, clock } = office.access;
const server = await mailServerOf();
const access = mailingsOf(office, server.settings);
const { begin, send } = sendingOf(office, access);

beforeEach(async () => {
  server.taken.length = 0;
  server.behaves({});
  await asNew(office);
});

/** The names of a letter's headers, and what stands under them. */
function headOf(raw: string): { names: string[]; body: string } {
  const end = raw.indexOf("\r\n\r\n");
  const lines = raw
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, " ")
    .split("\r\n");
  const names = lines.map((line) => line.split(":")[0]?.toLowerCase() ?? "");
  return { names: names.sort(), body: raw.slice(end + 4) };
}

const t = (status: "success" | "failure") => translator("ru")(`mailings.attempts.state.${status}`);

const usual = [
  ...["content-transfer-encoding", "content-type", "date", "from", "list-unsubscribe"],
  ...["list-unsubscribe-post", "message-id", "mime-version", "subject", "to"],
];

describe("a letter's head", () => {
  test("has no header that a name or a subject has brought, whatever stands in them", async () => {
    const nasty = fc
      .array(
        fc.oneof(
          fc.constantFrom("\r\n", "\n", "\r", "\u2028", "\0", "Bcc: victim@example.kz", "<a@b.kz>"),
          fc.constantFrom(",", ";", '"', "=?utf-8?q?=0D=0ABcc:_x?=", "{{name}}", ":", "\\"),
          fc.string({ unit: "binary", maxLength: 20 }),
        ),
        { maxLength: 8 },
      )
      .map((parts) => parts.join(""));
    const post = access.openPost?.() ?? expect.fail("no mail server");
    await fc.assert(
      fc.asyncProperty(nasty, nasty, async (fullName, subject) => {
        server.taken.length = 0;
        const written = { subject: `Тема ${subject} {{name}}`, bodyText: "Текст", bodyHtml: "" };
        const write = lettersOf(written, { ...access, files: [] });
        const id = "00000000-0000-4000-8000-000000000000";
        const letter = write({ id, email: "ivan@example.kz", fullName, recipientId: id });
        expect(await post.give(letter)).toMatchObject({ kind: "success" });
        expect(server.taken.map(({ to }) => to)).toEqual(["ivan@example.kz"]);
        expect(headOf(server.taken[0]?.raw ?? "").names).toEqual(usual);
      }),
      { numRuns: 150 },
    );
    post.close();
  });

  test("bears a name of a megabyte", async () => {
    const fullName = "Имя с пробелами ".repeat(40_000);
    const mailing = await createdMailing(
      office,
      [{ email: "long@example.kz", fullName }],
      {},
      {
        subject: "Для {{name}}",
      },
    );
    const begun = performance.now();
    const sent = await send(await begin(mailing));
    expect(performance.now() - begun).toBeLessThan(20_000);
    expect(sent).toMatchObject({ state: "over", run: { succeeded: 1 } });
    expect(headOf(server.taken[0]?.raw ?? "").names).toEqual(usual);
  });

  test("names each letter by its attempt", async () => {
    await send(await begin(await createdMailing(office, people(3))));
    const rows = await db.select({ id: attempts.id }).from(attempts);
    const wanted = rows.map(({ id }) => `<${id}@office.example.kz>`).sort();
    const given = server.taken.map(({ raw }) => /^Message-ID: (.*)$/im.exec(raw)?.[1]?.trim());
    expect(given.sort()).toEqual(wanted);
  });
});

describe("the file of a run's letters", () => {
  const taken = (
    asked: Partial<Parameters<typeof exportAttempts>[2]["asked"]>,
    mailingId: number,
  ) =>
    exportAttempts(db, owner, {
      ...{ mailingId, asked: { format: "csv", ...asked }, locale: "ru" as const, now: clock() },
    }).then((file) => new Response(file).text());

  test("has what the page shows, by its narrowing", async () => {
    server.behaves({
      rcpt: (address) =>
        address.startsWith("user1@") ? refusal(554, "5.7.1 no, thanks") : undefined,
    });
    office.twin.advance({ ms: DAY });
    const mailing = await createdMailing(office, [
      ...people(3),
      { email: "=cmd@example.kz", fullName: "=1+1" },
    ]);
    await send(await begin(mailing));
    const lines = (await taken({}, mailing.id)).trim().split(/\r?\n/);
    expect(lines).toHaveLength(5);
    expect(lines[0]).toContain('"Адрес";"Имя";"Что вышло";"Почему";"Код";"Ответ сервера"');
    expect(lines.filter((line) => line.includes(`"${t("success")}"`))).toHaveLength(3);
    // A spreadsheet would count it.
    expect(lines.some((line) => /(^|;)"?=/.test(line))).toBe(false);
    const failed = (await taken({ status: "failure" }, mailing.id)).trim().split(/\r?\n/);
    expect(failed).toHaveLength(2);
    const cells = (failed[1] ?? "").replaceAll('"', "").split(";");
    expect(cells.slice(0, 8)).toEqual([
      ...["1", "user1@example.kz", "Имя 1", t("failure"), "", "554", "554 5.7.1 no, thanks", "1"],
    ]);
    expect((await taken({ q: "USER2" }, mailing.id)).trim().split(/\r?\n/)).toHaveLength(2);
    await expect(taken({ run: 7 }, mailing.id)).rejects.toMatchObject({
      key: "mailing_never_sent",
    });
  });
});
