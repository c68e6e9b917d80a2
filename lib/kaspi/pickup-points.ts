import { z } from "zod";
import { checked } from "@/lib/kaspi/answer";
import { callCabinet } from "@/lib/kaspi/cabinet-call";
import type { CabinetSession } from "@/lib/kaspi/session";
import { wireId, wireText } from "@/lib/kaspi/wire-values";

/** `id` carries the merchant (`30067228_PP2`), as prices are written; `label` is what sellers know. */
export type PickupPoint = { id: string; label: string; active: boolean };

export type City = { id: string; name: string; points: PickupPoint[] };

const wire = z.array(
  z.object({
    id: wireId,
    name: wireText,
    pickupPoints: z
      .array(z.object({ name: wireId, displayName: wireText, active: z.boolean() }))
      .nullish(),
  }),
);

/** The cities of a shop with its points (protocol B2, H, `/bff/offer-view/points`). */
export async function listPickupPoints(
  cabinet: CabinetSession,
  merchantUid: string,
): Promise<City[]> {
  const { answer, url } = await callCabinet(cabinet, {
    path: "/bff/offer-view/points",
    query: { merchantUid },
  });
  return checked(wire, answer, url).map(({ id, name, pickupPoints }) => ({
    id,
    name: name ?? id,
    points: (pickupPoints ?? []).map((point) => ({
      id: point.name,
      label: point.displayName ?? point.name,
      active: point.active,
    })),
  }));
}
