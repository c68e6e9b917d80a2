import { beforeEach } from "vitest";
import { MINUTE } from "@/lib/core/time";
import { apiOffice } from "./api";
import { apiSeller } from "./api-seller";

/** An office two sellers write programs for, without a store before each test. Once per test file. */
export async function apiStores() {
  const office = await apiOffice();
  const { call, database, twin } = office;
  const seller = await apiSeller(office, "seller@example.kz");
  const other = await apiSeller(office, "other@example.kz");
  beforeEach(async () => {
    twin.clearFaults();
    // The pauses that Kaspi and we have made of the tests before are over.
    twin.advance({ ms: 61 * MINUTE });
    await database.sql`truncate stores, kaspi_accounts, runs, notices, jobs.event, jobs.run,
      login_breaks, login_leases, pending_logins, audit_log, api_answers cascade`;
    twin.forgetRequests();
  });
  return {
    ...office,
    seller,
    other,
    bySeller: { key: seller.key },
    /** The id of a store of the seller's that nobody has logged in to. */
    async added(merchant_id = "17203946"): Promise<string> {
      const body = { merchant_id, name: `Shop ${merchant_id}` };
      return (await call("POST", "/kaspi/stores/", { body, key: seller.key })).body.id;
    },
  };
}
