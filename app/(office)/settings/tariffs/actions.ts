"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { action } from "@/lib/auth/action";
import { kaspiAccess } from "@/lib/exits/access";
import { removeTariff, setTariffs } from "@/lib/repricing/cost-floor/change-tariffs";
import { deliveryForm, ratesForm, usualForm } from "@/lib/repricing/cost-floor/cost-form";

export const saveRates = action(
  ratesForm,
  async (caller, { storeId, kind, rates, validFrom, source }) => {
    const { db, clock } = kaspiAccess();
    const tariffs = rates.map(({ category, rate: value }) => ({
      kind,
      category,
      value,
      validFrom,
      source,
    }));
    await setTariffs(db, caller, { storeId, tariffs }, clock());
    revalidatePath("/settings/tariffs");
  },
);

export const saveDelivery = action(
  deliveryForm,
  async (caller, { storeId, bands: value, validFrom, source }) => {
    const { db, clock } = kaspiAccess();
    const tariff = { kind: "delivery" as const, category: "", value, validFrom, source };
    await setTariffs(db, caller, { storeId, tariffs: [tariff] }, clock());
    revalidatePath("/settings/tariffs");
  },
);

export const saveUsual = action(
  usualForm,
  async (caller, { storeId, usual: value, validFrom, source }) => {
    const { db, clock } = kaspiAccess();
    const tariff = { kind: "usual" as const, category: "", value, validFrom, source };
    await setTariffs(db, caller, { storeId, tariffs: [tariff] }, clock());
    revalidatePath("/settings/tariffs");
  },
);

export const takeTariffAway = action(z.object({ tariffId: z.uuid() }), async (caller, input) => {
  const { db, clock } = kaspiAccess();
  await removeTariff(db, caller, input.tariffId, clock());
  revalidatePath("/settings/tariffs");
});
