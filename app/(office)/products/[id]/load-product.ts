import { notFound } from "next/navigation";
import { cache } from "react";
import { z } from "zod";
import { pageCaller } from "@/lib/auth/session";
import { isAppError } from "@/lib/core/errors";
import { kaspiAccess } from "@/lib/exits/access";
import type { Product } from "@/lib/products/model";
import { findProduct } from "@/lib/products/queries";

/** The product of the address, in one of its cities, or the page that says there is none: gone, foreign or mistyped. */
export const loadProduct = cache(
  async (id: string, city: string | null = null): Promise<Product> => {
    const caller = await pageCaller();
    if (!z.uuid().safeParse(id).success) notFound();
    try {
      return await findProduct(kaspiAccess().db, caller, id, city);
    } catch (error) {
      if (isAppError(error, "not_found")) notFound();
      throw error;
    }
  },
);
