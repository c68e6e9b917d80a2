"use server";

import { getLocale } from "next-intl/server";
import { publicAction } from "@/lib/auth/action";
import { callerAddress } from "@/lib/auth/session";
import { peopleAccess } from "@/lib/people/access";
import { askForReset } from "@/lib/people/ask-for-reset";
import { forgottenSchema } from "@/lib/people/model";

export const ask = publicAction(forgottenSchema, getLocale, async ({ email }) =>
  askForReset(peopleAccess(), email, await callerAddress()),
);
