import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { attempts, mailings } from "@/lib/db/schema/mailings";
import { recipients } from "@/lib/db/schema/recipients";
import { refusalOf, sendByCommand, type Verbosity } from "@/lib/mailings/runs/by-command";
import { askForIdleRuns } from "@/lib/mailings/runs/due";
import { pauseMailing } from "@/lib/mailings/send-mailing";
import { createdMailing, mailingsOf, mailServerOf, refusal } from "../support/mailings";
import { testOffice } from "../support/office";

const office = await testOffice();
const { db } = office.access;
const server = await mailServerOf();
const access = mailingsOf(office, server.settings);

beforeEach(async () => {
  server.taken.length = 0;
  server.behaves({});
  await db.delete(mailings);
  await db.delete(recipients);
});

const five = [1, 2, 3, 4, 5].map((nth) => ({ email: `user${nth}@example.com` }));

async function said(id: number, verbosity: Verbosity) {
  const lines: string[] = [];
  const faults: string[] = [];
  const say = {
    line: (text: string) => void lines.push(text),
    fault: (text: string) => void (verbosity === 0 ? faults : lines).push(text),
  };
  const run = await sendByCommand(access, id, verbosity, say);
  return { lines, faults, run };
}

test("a mailing is sent to everybody, and said so", async () => {
  const { id } = await createdMailing(office, five);
  const { lines, run } = await said(id, 1);
  expect(lines).toEqual([
    `Начинаю отправку рассылки #${id} для 5 получателей...`,
    "",
    `Рассылка #${id} завершена. Успешно: 5, Ошибки: 0`,
  ]);
  expect(run).toMatchObject({ number: 1, trigger: "command", state: "completed", succeeded: 5 });
  expect(server.taken.map(({ to }) => to).sort()).toEqual(five.map(({ email }) => email));
  const [mailing] = await db.select().from(mailings).where(eq(mailings.id, id));
  expect(mailing?.status).toBe("completed");
});

test("each letter is said with -v 2, and what was refused always", async () => {
  server.behaves({
    rcpt: (address) =>
      address === "user3@example.com" ? refusal(550, "5.1.1 no such user") : undefined,
  });
  const { id } = await createdMailing(office, five);
  const { lines, run } = await said(id, 2);
  expect(lines).toEqual([
    `Начинаю отправку рассылки #${id} для 5 получателей...`,
    "  ✓ Отправлено: user1@example.com",
    "  ✓ Отправлено: user2@example.com",
    "  ✗ Ошибка для user3@example.com: 550 5.1.1 no such user",
    "  ✓ Отправлено: user4@example.com",
    "  ✓ Отправлено: user5@example.com",
    "",
    `Рассылка #${id} завершена. Успешно: 4, Ошибки: 1`,
  ]);
  expect(run).toMatchObject({ state: "completed", succeeded: 4, failed: 1 });
  const [bounced] = await db
    .select()
    .from(recipients)
    .where(eq(recipients.email, "user3@example.com"));
  expect(bounced?.bouncedAt).not.toBeNull();
});

test("-v 0 says failures alone, -v 3 the dialogue as well", async () => {
  server.behaves({
    rcpt: (address) => (address.startsWith("user2") ? refusal(554, "no") : undefined),
  });
  const first = await createdMailing(office, five);
  const quiet = await said(first.id, 0);
  expect(quiet.lines).toEqual([]);
  expect(quiet.faults).toEqual(["  ✗ Ошибка для user2@example.com: 554 no"]);
  await db.delete(recipients);
  const second = await createdMailing(office, five);
  const { lines } = await said(second.id, 3);
  expect(lines.some((line) => line.startsWith("    C: MAIL FROM:<office@example.kz>"))).toBe(true);
  expect(lines.some((line) => line.startsWith("    S: 250"))).toBe(true);
});

test("a letter that was given whole to a server that hangs up is unknown, and is not given again", async () => {
  server.behaves({
    data: (address) => (address.startsWith("user4") ? "takes and hangs up" : undefined),
  });
  const { id } = await createdMailing(office, five);
  const { run } = await said(id, 2);
  expect(run).toMatchObject({ state: "completed", succeeded: 4, unknown: 1 });
  expect(server.taken).toHaveLength(5);
});

test("a server that asks to come later is asked again", async () => {
  let refused = 0;
  server.behaves({
    rcpt: (address) => {
      if (!address.startsWith("user1") || refused > 1) return undefined;
      refused += 1;
      return refusal(451, "4.7.1 greylisted, try again");
    },
  });
  const { id } = await createdMailing(office, five);
  const { run } = await said(id, 1);
  expect(run).toMatchObject({ succeeded: 5, failed: 0 });
  const [row] = await db.select().from(attempts).where(eq(attempts.email, "user1@example.com"));
  expect(row).toMatchObject({ status: "success", tries: 3 });
});

test("what was sent is not sent again, and what is not there is said", async () => {
  const { id } = await createdMailing(office, five);
  await said(id, 1);
  const again = await said(id, 1).catch((error: unknown) => refusalOf(error, id));
  expect(again).toBe("Рассылка уже отправлена");
  const gone = await said(id + 999, 1).catch((error: unknown) => refusalOf(error, id + 999));
  expect(gone).toBe(`Рассылка с ID ${id + 999} не найдена`);
  expect(server.taken).toHaveLength(5);
});

test("a run of the command is left to it, and is nobody's when letters cannot leave", async () => {
  const { id } = await createdMailing(office, five);
  const asked: number[] = [];
  server.behaves({ taken: async () => void asked.push(await askForIdleRuns(access)) });
  const say = { line: () => {}, fault: () => {} };
  await expect(sendByCommand({ ...access, openPost: null }, id, 1, say)).rejects.toMatchObject({
    key: "mail_not_set",
  });
  expect((await said(id, 1)).run).toMatchObject({ number: 1, succeeded: 5 });
  expect(asked).toEqual([0, 0, 0, 0, 0]);
});

test("what a person has stopped meanwhile is said to be stopped", async () => {
  const { id } = await createdMailing(office, five);
  server.behaves({
    taken: (address) =>
      address.startsWith("user1") && pauseMailing(db, office.owner, id, office.access.clock()),
  });
  const { lines, run } = await said(id, 3);
  expect(run.state).toBe("paused");
  expect(lines.at(-1)).toBe(`Рассылка #${id} остановлена. Успешно: 1, Ошибки: 0`);
});
