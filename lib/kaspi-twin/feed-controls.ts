import { z } from "zod";
import { control } from "@/lib/kaspi-twin/control";
import { findMerchant } from "@/lib/kaspi-twin/merchants";

const merchantUid = z.string();

export const feedControls = {
  setFeed: control(
    "sets the link of «Автоматическая загрузка», or with null takes it away",
    z.object({
      merchantUid,
      url: z.url().nullable(),
      login: z.string().nullable().default(null),
      password: z.string().nullable().default(null),
    }),
    (world, { merchantUid: uid, url, login, password }) => {
      const merchant = findMerchant(uid);
      if (!merchant) throw new RangeError(`no merchant ${uid}`);
      world.feeds.set(merchant, url === null ? null : { url, login, password });
    },
  ),
  pullFeed: control(
    "fetches a merchant's price list now instead of within the hour",
    z.object({ merchantUid }),
    (world, { merchantUid: uid }) => world.feeds.pull(uid),
  ),
  feedPulls: control(
    "how often a price list was fetched, and what came of it",
    z.object({ merchantUid: z.string().optional() }).default({}),
    (world, { merchantUid: uid }) =>
      world.feeds.log().filter((one) => uid === undefined || one.merchantUid === uid),
  ),
};
