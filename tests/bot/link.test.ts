import { beforeEach, describe, expect, test } from "vitest";
import { HOUR } from "@/lib/core/time";
import { telegramDialogs, telegramLinks, telegramTokens } from "@/lib/db/schema/telegram";
import { apiOffice, keyOf } from "../support/api";
import { botBetween } from "../support/bot";
import { telegramOf } from "../support/telling";

const office = await apiOffice();
const { owner, stranger, call, twin } = office;
const { db } = office.access;
const { fake, linked } = await telegramOf(office, { limits: { perSecond: 1e6, perChatMs: 0 } });
await botBetween(office, fake);

beforeEach(async () => {
  await db.delete(telegramLinks);
  await db.delete(telegramTokens);
});

const tokenOf = async (key = office.key): Promise<string> =>
  (await call("POST", "/telegram/link/", { key })).body.token;
const links = () => db.select().from(telegramLinks);

describe("a person shows a token", () => {
  test("by the link or typed, and is at home at once", async () => {
    const person = fake.person({ username: "aigul" });
    await person.says(`/start ${await tokenOf()}`);
    expect(person.chat.messages.map(({ text }) => text)).toContainEqual(
      expect.stringContaining("этот Telegram привязан"),
    );
    expect(person.last()?.buttons.flat()).toContain("Настройки");
    expect(await links()).toMatchObject([{ userId: owner.id, telegramId: person.id }]);
  });

  test.each([
    ["wrong", async () => "nobody-has-made-this-token"],
    [
      "late",
      async () => {
        const token = await tokenOf();
        twin.advance({ ms: HOUR });
        return token;
      },
    ],
    [
      "used",
      async () => {
        const token = await tokenOf();
        await fake.person().says(`/start ${token}`);
        return token;
      },
    ],
  ])("that is %s: they are told what to do, and are nobody", async (_, given) => {
    const token = await given();
    const person = fake.person();
    await person.says(`/start ${token}`);
    expect(person.last()?.text).toContain("«Привязать Telegram»");
    expect((await links()).filter(({ telegramId }) => telegramId === person.id)).toEqual([]);
  });

  test("of another one's office account: asked first, then linked anew", async () => {
    const person = await linked(owner);
    const strangers = await keyOf(office, stranger.id);
    const token = await tokenOf(strangers);
    await person.says(`/start ${token}`);
    expect(JSON.stringify(await db.select().from(telegramDialogs))).not.toContain(token);
    expect(await links()).toMatchObject([{ userId: owner.id }]);
    await person.presses("Привязать заново");
    expect(await links()).toMatchObject([{ userId: stranger.id, telegramId: person.id }]);
    expect(person.last()?.text).toContain(stranger.name);
    expect(JSON.stringify(await db.select().from(telegramDialogs))).not.toContain(token);
  });
});
