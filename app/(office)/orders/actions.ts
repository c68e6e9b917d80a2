"use server";

import { revalidatePath } from "next/cache";
import { action } from "@/lib/auth/action";
import { kaspiAccess } from "@/lib/exits/access";
import { changeOrder as change } from "@/lib/orders/change-order";
import { orderChangeForm, readOrdersForm } from "@/lib/orders/form-model";
import { askForOrders } from "@/lib/orders/request-read";

const shown = () => revalidatePath("/orders", "layout");

export const changeOrder = action(orderChangeForm, async (caller, asked) => {
  try {
    await change(kaspiAccess(), caller, asked);
  } finally {
    shown();
  }
});

export const readOrders = action(readOrdersForm, async (caller, { storeId }) => {
  const { db, clock } = kaspiAccess();
  const runs = await askForOrders(db, caller, storeId, clock());
  shown();
  return runs.length;
});
