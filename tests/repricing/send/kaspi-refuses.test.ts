import { expect, test } from "vitest";
import { HOUR, MINUTE } from "@/lib/core/time";
import { testOffice } from "../../support/office";
import { fullShelf } from "../../support/shelf";

const office = await testOffice();
const { twin } = office;
const { contested } = await fullShelf(office);

test("a price that Kaspi refuses is not offered again for an hour, unless the market asks for another", async () => {
  const goods = await contested();
  const start = goods.kaspiPrice();
  const requests = () => twin.requests().process?.total ?? 0;
  twin.setFault({ name: "server_error", at: ["process"], status: 422 });
  const before = requests();
  for (let look = 0; look < 4; look += 1) {
    await goods.cycle();
    twin.advance({ ms: 10 * MINUTE });
  }
  expect(requests() - before).toBe(1);
  expect((await goods.history()).at(-1)).toMatchObject({
    state: "rejected",
    stateReason: "kaspi_refused",
  });

  twin.advance({ ms: HOUR });
  await goods.cycle();
  expect(requests() - before).toBe(2);

  twin.clearFaults();
  goods.rivals(start - 30);
  await goods.cycle();
  expect(goods.kaspiPrice()).toBe(start - 31);
});
