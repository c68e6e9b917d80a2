import { describe, expect, test } from "vitest";
import { apiOffice } from "../support/api";
import { connectedStore, syncNow } from "../support/stores";

const office = await apiOffice();
const { storeId } = await connectedStore(office);
await syncNow(office, storeId);

describe("the list of products", () => {
  test("is read page by page, along whole addresses", async () => {
    const first = await office.call("GET", "/products?page_size=2&ordering=-price");
    expect(first.status).toBe(200);
    expect(first.body.results).toHaveLength(2);
    expect(first.body.previous).toBeNull();
    const next = new URL(first.body.next);
    const second = await office.call("GET", next.pathname.replace("/api/v1", "") + next.search);
    expect(second.body.results[0].price).toBeLessThanOrEqual(first.body.results[1].price);
  });
});
