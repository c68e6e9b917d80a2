import { and, eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { decisions } from "@/lib/db/schema/repricing";
import { priceAnswers } from "@/lib/db/schema/safety";
import { tellings } from "@/lib/db/schema/telegram";
import { raiseShopNews } from "@/lib/telling/raise-shop-news";
import { sendTellings } from "@/lib/telling/send-tellings";
import { spreadNotices } from "@/lib/telling/spread-notices";
import { apiOffice } from "../support/api";
import { botBetween } from "../support/bot";
import { fullShelf } from "../support/shelf";
import type { Person } from "../support/telegram/person";
import { telegramOf } from "../support/telling";
import { memberWith } from "../support/whole-office";

const office = await apiOffice();
const { owner } = office;
const { access } = office;
const { db } = access;
const shelf = await fullShelf(office);
const { fake, telling, linked } = await telegramOf(office, {
  limits: { perSecond: 1e6, perChatMs: 0 },
});
await botBetween(office, fake);

async function tell() {
  await raiseShopNews(access);
  await spreadNotices(telling);
  while ((await sendTellings(telling, { atOnce: 1 })).goesOn);
}

type Handle = ReturnType<typeof shelf.take>;
const frozenOf = async ({ productId }: Handle) => {
  const [frozen] = await db
    .select()
    .from(decisions)
    .where(and(eq(decisions.productId, productId), eq(decisions.state, "frozen")));
  return frozen;
};
const agreedTo = async ({ productId }: Handle) =>
  (await db.select().from(priceAnswers).where(eq(priceAnswers.productId, productId))).map(
    ({ answer, price }) => [answer, price],
  );
/** What a rival at this part of our price makes the bot ask for. */
async function rivalAt(goods: Handle, part: number) {
  goods.rivals(Math.floor(goods.kaspiPrice() * part));
  await goods.cycle();
  return (await frozenOf(goods))?.price ?? expect.fail("nothing is asked");
}
/** The messages that ask about this product's price. */
const asked = (person: Person, price: number) =>
  person.chat.messages.filter(({ keyboard }) =>
    keyboard?.inline_keyboard
      .flat()
      .some((one) => "callback_data" in one && one.callback_data.endsWith(`:accept:${price}`)),
  );
const dataOf = (message: Person["chat"]["messages"][number] | undefined) => {
  const [button] = message?.keyboard?.inline_keyboard.flat() ?? [];
  return (button && "callback_data" in button && button.callback_data) || expect.fail("no button");
};

async function asking() {
  const person = await linked(owner);
  const goods = shelf.take();
  await goods.watch({ floor: Math.ceil(goods.kaspiPrice() / 5) });
  const first = await rivalAt(goods, 0.5);
  await tell();
  const [message] = asked(person, first);
  return { person, goods, first, message: message ?? expect.fail("nobody was asked") };
}

test("a price is taken that stands above the button; pressing again changes nothing", async () => {
  const { person, goods, first, message } = await asking();
  const data = dataOf(message);
  await person.pressesData(data, message);
  const answered = message.text;
  expect(message.buttons).toEqual([]);
  expect(answered).toContain("₸");
  expect(answered.split("\n\n").at(-1)).toMatch(/^[А-Я]/);
  expect(await frozenOf(goods)).toBeUndefined();
  expect((await goods.history()).at(-1)).toMatchObject({ kind: "change", price: first });
  expect(await person.pressesData(data, message)).toBe("Эта цена больше не ждёт ответа.");
  expect(message.text).toBe(answered);
});

test("a price that has changed meanwhile is asked anew, and is told as news", async () => {
  const { person, goods, first, message } = await asking();
  const second = await rivalAt(goods, 0.3);
  expect(second).toBeLessThan(first);
  await person.pressesData(dataOf(message), message);
  expect(await agreedTo(goods)).toEqual([]);
  expect((await frozenOf(goods))?.price).toBe(second);
  expect(message.text).toContain("Теперь нужна другая цена");
  expect(asked(person, second)).toEqual([message]);
  await tell();
  expect(asked(person, second)).toHaveLength(2);
  await person.presses("Оставить как есть", message);
  expect(await frozenOf(goods)).toBeUndefined();
  expect(await agreedTo(goods)).toMatchObject([]);
});

test("who may look and not answer is told without buttons", async () => {
  const id = await memberWith(office, "looks", [
    "view_store",
    "view_product",
    "can_view_all_stores",
  ]);
  const looks = await linked({ id });
  const { person, goods, first } = await asking();
  const [told] = await db
    .select({ messageId: tellings.messageId })
    .from(tellings)
    .where(
      and(eq(tellings.userId, id), sql`${tellings.params} ->> 'product_id' = ${goods.productId}`),
    );
  const message = looks.chat.messages.find(({ id: one }) => one === told?.messageId);
  expect(message?.text).toContain("ждёт вашего ответа");
  expect(message?.buttons).toEqual([]);
  expect(asked(person, first)).toHaveLength(1);
});

test("one that waits on as it was is told once, whichever decision asks for it", async () => {
  const { person, goods, first } = await asking();
  await db.execute(sql`update notices set params = jsonb_set(params, '{decision}', '"other"')
    where key like ${`price_frozen:${goods.productId}%`}`);
  await tell();
  expect(asked(person, first)).toHaveLength(1);
});
