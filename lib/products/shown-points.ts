import type { ShownPoint } from "@/lib/db/schema/products";
import type { OwnOffer } from "@/lib/kaspi/own-offer";

/** What Kaspi's row says of each point, as it is stored; null: it names none. */
export function shownPoints({ availabilities }: Pick<OwnOffer, "availabilities">) {
  return (
    availabilities?.map(
      ({ pointId, available, stockManaged, stockCount, preorderDays }): ShownPoint => ({
        id: pointId,
        available,
        count: stockManaged ? stockCount : null,
        leadDays: preorderDays !== null && preorderDays > 0 ? preorderDays : null,
      }),
    ) ?? null
  );
}
