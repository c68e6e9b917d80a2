import { notFound } from "next/navigation";
import { cache } from "react";
import { z } from "zod";
import { pageCaller } from "@/lib/auth/session";
import { isAppError } from "@/lib/core/errors";
import { kaspiAccess } from "@/lib/exits/access";
import type { Product } from "@/lib/products/model";
import { findProduct } from "@/lib/products/queries";

/** The product of the address, or the page that says there is none: gone, foreign or mistyped. */
export const loadProduct = cache(async (id: string): Promise<Product> => {
  const caller = await pageCaller();
  if (!z.uuid().safeParse(id).success) notFound();
  try {
    return await findProduct(kaspiAccess().db, caller, id);
  } catch (error) {
    if (isAppError(error, "not_found")) notFound();
    throw error;
  }
});
