"use server";

import { getLocale } from "next-intl/server";
import { publicAction } from "@/lib/auth/action";
import { peopleAccess } from "@/lib/people/access";
import { newPasswordByLinkSchema } from "@/lib/people/model";
import { resetPassword } from "@/lib/people/reset-password";

export const setPassword = publicAction(newPasswordByLinkSchema, getLocale, (given) =>
  resetPassword(peopleAccess(), given),
);
