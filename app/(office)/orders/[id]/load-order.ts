import { notFound } from "next/navigation";
import { cache } from "react";
import { z } from "zod";
import { pageCaller } from "@/lib/auth/session";
import { isAppError } from "@/lib/core/errors";
import { kaspiAccess } from "@/lib/exits/access";
import { findOrder, type OrderRow } from "@/lib/orders/shown-queries";

/** The order of the address, or the page that says there is none: foreign or mistyped. */
export const loadOrder = cache(async (id: string): Promise<OrderRow> => {
  const caller = await pageCaller();
  if (!z.uuid().safeParse(id).success) notFound();
  try {
    return await findOrder(kaspiAccess().db, caller, id);
  } catch (error) {
    if (isAppError(error, "not_found")) notFound();
    throw error;
  }
});
