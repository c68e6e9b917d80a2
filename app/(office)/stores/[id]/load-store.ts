import { notFound } from "next/navigation";
import { cache } from "react";
import { z } from "zod";
import { pageCaller } from "@/lib/auth/session";
import { isAppError } from "@/lib/core/errors";
import { kaspiAccess } from "@/lib/exits/access";
import type { StoreView } from "@/lib/stores/model";
import { findStore } from "@/lib/stores/queries";

/** The store of the address, or the page that says there is none: disconnected, foreign or mistyped. */
export const loadStore = cache(async (id: string): Promise<StoreView> => {
  const caller = await pageCaller();
  if (!z.uuid().safeParse(id).success) notFound();
  try {
    return await findStore(kaspiAccess().db, caller, id);
  } catch (error) {
    if (isAppError(error, "not_found")) notFound();
    throw error;
  }
});
