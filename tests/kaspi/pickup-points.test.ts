import { expect, test } from "vitest";
import { listPickupPoints } from "@/lib/kaspi/pickup-points";
import { failure } from "./failures";
import { fixture } from "./fixtures";
import { cabinetAnswering } from "./stub-server";

test("cities come with their points, closed ones too", async () => {
  const { cabinet, seen } = await cabinetAnswering({
    body: fixture("bff-offer-view-points.response.json"),
  });
  expect(await listPickupPoints(cabinet, "30067228")).toEqual([
    {
      id: "511010000",
      name: "Шымкент",
      points: [{ id: "30067228_PP2", label: "PP2", active: true }],
    },
    {
      id: "710000000",
      name: "Астана",
      points: [
        { id: "30067228_PP1", label: "PP1", active: true },
        { id: "30067228_PP9", label: "PP9", active: false },
      ],
    },
  ]);
  expect(seen[0]?.url).toBe("/bff/offer-view/points?merchantUid=30067228");
});

test("ids may be numbers, and names and points may be missing", async () => {
  const { cabinet } = await cabinetAnswering({
    body: '[{"id":710000000,"name":null,"pickupPoints":null}]',
  });
  expect(await listPickupPoints(cabinet, "1")).toEqual([
    { id: "710000000", name: "710000000", points: [] },
  ]);
});

test("a point that does not say whether it is open is not guessed at", async () => {
  const body = '[{"id":"1","name":"x","pickupPoints":[{"name":"1_PP1"}]}]';
  const { cabinet } = await cabinetAnswering({ body });
  expect(await failure(listPickupPoints(cabinet, "1"))).toMatchObject({ kind: "kaspi_malformed" });
});
