"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { action } from "@/lib/auth/action";
import { nameField, textsSchema } from "@/lib/calculator/model";
import { removeCalculation, saveCalculation } from "@/lib/calculator/save-calculation";
import { kaspiAccess } from "@/lib/exits/access";

export const save = action(
  z.object({ name: nameField, texts: textsSchema }),
  async (caller, { name, texts }) => {
    const { db, clock } = kaspiAccess();
    await saveCalculation(db, caller, { name, texts }, clock());
    revalidatePath("/calculator");
  },
);

export const remove = action(
  z.object({ calculationId: z.uuid() }),
  async (caller, { calculationId }) => {
    const { db, clock } = kaspiAccess();
    await removeCalculation(db, caller, calculationId, clock());
    revalidatePath("/calculator");
  },
);
