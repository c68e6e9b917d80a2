"use server";

import { getLocale } from "next-intl/server";
import { z } from "zod";
import { publicAction } from "@/lib/auth/action";
import { createFirstOwner } from "@/lib/auth/first-run";
import { newUserSchema } from "@/lib/auth/model";
import { storable } from "@/lib/core/text";
import { kaspiAccess } from "@/lib/exits/access";

export const createOwner = publicAction(
  newUserSchema.extend({ token: z.string().overwrite(storable).max(200) }),
  getLocale,
  ({ token, ...owner }) => {
    const { db, clock } = kaspiAccess();
    return createFirstOwner(db, token, owner, clock());
  },
);
