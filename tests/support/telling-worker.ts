import { database } from "@/lib/db/client";
import { createTelegram } from "@/lib/telegram/client";
import { sendTellings } from "@/lib/telling/send-tellings";
import { spreadNotices } from "@/lib/telling/spread-notices";
import { quickened } from "./quickened";

/** A process of its own that spreads and sends until it is killed. Where Telegram is, its token and its clock. */
const [url = "", token = "", began = ""] = process.argv.slice(2);
const { clock, sleep } = quickened(Number(began));
const { db } = database();
const telegram = createTelegram({ url, token });
const access = { db, clock, sleep, telegram, officeUrl: "https://office.example.kz" };
process.stdout.write("working\n");
for (;;) {
  await spreadNotices(access);
  const { goesOn } = await sendTellings(access);
  if (!goesOn) await sleep(1_000);
}
