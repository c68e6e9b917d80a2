import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { createdMailing, mailServerOf, refusal } from "../support/mailings";
import { testOffice } from "../support/office";

const office = await testOffice();
const server = await mailServerOf();
const five = (host: string) =>
  [1, 2, 3, 4, 5].map((nth) => ({ email: `user${nth}@${host}`, fullName: `Имя ${nth}` }));

/** As its users run it: what stands on the screen, and what a script would see. */
async function sendMailing(...args: string[]) {
  const { port } = server.settings;
  const child = spawn(process.execPath, ["scripts/manage.mjs", "send_mailing", ...args], {
    env: {
      ...process.env,
      ...{ DATABASE_URL: office.database.url, EMAIL_HOST: "127.0.0.1", EMAIL_PORT: `${port}` },
      ...{ EMAIL_TLS: "off", EMAIL_FROM: "Duken <office@example.kz>" },
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "exit"),
  ]);
  return { out, err, code };
}

test("sends and says so, letter by letter and to the byte; what failed decides the code", async () => {
  server.behaves({
    rcpt: (address) =>
      address === "user3@example.com" ? refusal(550, "5.1.1 no such user") : undefined,
  });
  const { id } = await createdMailing(office, five("example.com"));
  expect(await sendMailing(`${id}`, "-v", "2")).toEqual({
    code: 1,
    err: "",
    out: [
      `Начинаю отправку рассылки #${id} для 5 получателей...`,
      "  ✓ Отправлено: user1@example.com",
      "  ✓ Отправлено: user2@example.com",
      "  ✗ Ошибка для user3@example.com: 550 5.1.1 no such user",
      "  ✓ Отправлено: user4@example.com",
      "  ✓ Отправлено: user5@example.com",
      "",
      `Рассылка #${id} завершена. Успешно: 4, Ошибки: 1`,
      "",
    ].join("\n"),
  });
  expect(await sendMailing(`${id}`)).toEqual({
    ...{ code: 1, out: "", err: "Рассылка уже отправлена\n" },
  });
});

test("says the beginning and the end, and ends with 0 when all have it", async () => {
  const { id } = await createdMailing(office, five("example.kz"));
  expect(await sendMailing(`${id}`)).toEqual({
    code: 0,
    err: "",
    out: `Начинаю отправку рассылки #${id} для 5 получателей...\n\nРассылка #${id} завершена. Успешно: 5, Ошибки: 0\n`,
  });
});

test("says what is not there, and what is a wrong call", async () => {
  for (const id of ["987654321", "0", "abc", "99999999999999999999"])
    expect(await sendMailing(id)).toEqual({
      ...{ code: 1, out: "", err: `Рассылка с ID ${id} не найдена\n` },
    });
  expect(await sendMailing("1", "-v", "4")).toMatchObject({ code: 2, out: "" });
  expect(await sendMailing()).toMatchObject({ code: 2, out: "" });
});
