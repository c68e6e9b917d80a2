"use server";

import { revalidatePath } from "next/cache";
import { action } from "@/lib/auth/action";
import { kaspiAccess } from "@/lib/exits/access";
import { excludeRival } from "@/lib/repricing/rule/exclude-rival";
import { exclusionSchema } from "@/lib/rivals/model";

export const exclude = action(
  exclusionSchema,
  async (caller, { merchantId, storeId, excluded }) => {
    const { db, clock } = kaspiAccess();
    await excludeRival(db, caller, { merchantId, storeId, excluded }, clock());
    revalidatePath("/rivals");
  },
);
