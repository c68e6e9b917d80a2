"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { action } from "@/lib/auth/action";
import { kaspiAccess } from "@/lib/exits/access";
import { excludeRival } from "@/lib/repricing/rule/exclude-rival";

export const exclude = action(
  z.object({
    merchantId: z.string().min(1).max(64),
    storeId: z.uuid().optional(),
    excluded: z.boolean(),
  }),
  async (caller, { merchantId, storeId, excluded }) => {
    const { db, clock } = kaspiAccess();
    await excludeRival(db, caller, { merchantId, storeId, excluded }, clock());
    revalidatePath("/rivals");
  },
);
