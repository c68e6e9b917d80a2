"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { action } from "@/lib/auth/action";
import { kaspiAccess } from "@/lib/exits/access";
import { dismissAll } from "@/lib/notices/page-queries";

export const putAllAway = action(
  z.object({ until: z.coerce.date() }),
  async (caller, { until }) => {
    const { db, clock } = kaspiAccess();
    const count = await dismissAll(db, caller, { until, now: clock() });
    revalidatePath("/", "layout");
    return { count };
  },
);
