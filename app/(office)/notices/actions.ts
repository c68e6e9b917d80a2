"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { action } from "@/lib/auth/action";
import { isCommonEra } from "@/lib/core/time";
import { kaspiAccess } from "@/lib/exits/access";
import { dismissAll } from "@/lib/notices/page-queries";

export const putAllAway = action(
  z.object({
    until: z.iso
      .datetime()
      .transform((text) => new Date(text))
      .refine(isCommonEra),
  }),
  async (caller, { until }) => {
    const { db, clock } = kaspiAccess();
    const count = await dismissAll(db, caller, { until, now: clock() });
    revalidatePath("/", "layout");
    return { count };
  },
);
