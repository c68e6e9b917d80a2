"use server";

import { getLocale } from "next-intl/server";
import { publicAction } from "@/lib/auth/action";
import { acceptInvite } from "@/lib/people/accept-invite";
import { peopleAccess } from "@/lib/people/access";
import { acceptanceSchema } from "@/lib/people/model";

export const accept = publicAction(acceptanceSchema, getLocale, (acceptance) =>
  acceptInvite(peopleAccess(), acceptance),
);
