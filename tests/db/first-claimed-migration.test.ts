import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { addStore } from "@/lib/stores/add-queries";
import { archiveStore } from "@/lib/stores/change-queries";
import { ownMerchants } from "@/lib/stores/queries";
import { testOffice } from "../support/office";
import { connectStores } from "../support/stores";

const office = await testOffice();
const { access, owner, database } = office;
const { db } = access;

const migration = readFileSync("drizzle/0044_first_claimed.sql", "utf8").split(
  "--> statement-breakpoint",
);

test("what was ever claimed before stays of the installation, also what was added again since", async () => {
  const login = { email: "two@duken.kz", password: "two-kaspi" };
  const [held, left] = (await connectStores(access, owner, login)).stores;
  if (!held || !left) expect.fail("the login has two stores");
  const of = (merchantId: string) => ({ userId: owner.id, merchantId, name: "Снова" });
  await archiveStore(db, owner, left.storeId, access.clock());
  await addStore(db, owner, of(left.merchantId), access.clock());
  await addStore(db, owner, of("900"), access.clock());
  await database.sql`alter table stores drop column first_claimed_at`;
  for (const statement of migration) await database.sql.unsafe(statement);
  expect(await ownMerchants(db)).toEqual(new Set([held.merchantId, left.merchantId]));
});
