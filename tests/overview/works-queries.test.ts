import { expect, test } from "vitest";
import { stores } from "@/lib/db/schema/kaspi";
import { noteAnswer } from "@/lib/exits/channels";
import { channelsInUse } from "@/lib/overview/works-queries";
import { testOffice } from "../support/office";
import { connectedStore } from "../support/stores";

const office = await testOffice();
const { access, owner } = office;
const { db } = access;

test("a store of the official interface only is judged by that alone", async () => {
  const { storeId } = await connectedStore(office);
  for (const name of ["list", "shop_api"] as const)
    await noteAnswer(access, { name, of: storeId }, "kaspi_timeout");
  const channels = async () =>
    (await channelsInUse(db, owner)).map(({ channel }) => channel).sort();
  expect(await channels()).toEqual(["list", "login", "points", "session", "shop_api"]);
  await db.update(stores).set({ officialOnly: true });
  expect(await channels()).toEqual(["shop_api"]);
  await db.update(stores).set({ officialOnly: false, isActive: false });
  expect(await channels()).toEqual([]);
});
