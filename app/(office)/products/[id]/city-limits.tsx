"use client";

import { useTranslations } from "next-intl";
import { EditableMoney } from "@/components/editable-money";
import type { Product } from "@/lib/products/model";
import { saveLimits } from "../actions";
import { cellOutcome } from "../cell-outcome";

type Props = {
  product: Pick<
    Product,
    "id" | "name" | "cityId" | "cityName" | "ownFloor" | "ownCeiling" | "isWritable"
  >;
  limit: "floor" | "ceiling";
};

/** A floor or ceiling for one city alone; an empty one is that of all cities. */
export function CityLimit({ product, limit }: Props) {
  const t = useTranslations("cities.limits");
  const { id, name, cityId, cityName, isWritable } = product;
  return (
    <EditableMoney
      label={t(`${limit}Here`, { name, city: cityName ?? cityId })}
      amount={limit === "floor" ? product.ownFloor : product.ownCeiling}
      empty={t("inherited")}
      disabled={!isWritable}
      save={async (amount, confirm) =>
        cellOutcome(await saveLimits({ productId: id, cityId, [limit]: amount, confirm }), limit)
      }
    />
  );
}
