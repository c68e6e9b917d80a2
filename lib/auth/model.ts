import { z } from "zod";
import { storable } from "@/lib/core/text";
import type { Permission } from "./permission-model";

export type Locale = "ru" | "kk" | "en";

export type Share = { storeId: string; permissions: ReadonlySet<Permission> };

/** Who is asking. Every query and use case takes one first. */
export type Caller = {
  id: string;
  email: string;
  name: string;
  role: "owner" | "member";
  /** What their groups allow in their own stores and in the office; an owner's is all. */
  permissions: ReadonlySet<Permission>;
  /** Stores of others that are shared with them, each with rights of its own. */
  shares: readonly Share[];
  locale: Locale;
  /** Where they read their hours; null: as the workspace. */
  timeZone: string | null;
};

export const emailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .pipe(z.email({ error: "email_invalid" }).max(200));

const commonPasswords = new Set([
  "1234567890",
  "0123456789",
  "qwertyuiop",
  "password123",
  "password12",
  "passw0rd12",
  "1q2w3e4r5t",
  "qwerty12345",
  "qwerty1234",
  "йцукенгшщз",
  "11111111111",
  "1111111111",
  "adminadmin",
  "kaspikaspi",
  "kaspi12345",
  "admin12345",
  "12345678910",
  "123456789a",
  "qwerty123456",
  "password1234",
  "1q2w3e4r5t6y",
  "1qaz2wsx3edc",
  "qazwsxedcrfv",
  "zxcvbnm123",
  "asdfghjkl1",
  "abcdefghij",
  // The training owner's.
  "demo-duken",
]);

/** On the list, or the same few keys again and again. */
const isCommon = (lower: string) => commonPasswords.has(lower) || new Set(lower).size < 4;

export const newPasswordSchema = z
  .string()
  .min(10, { error: "password_short" })
  .max(200, { error: "password_long" })
  .refine((value) => !isCommon(value.toLowerCase()), { error: "password_common" });

export const personNameSchema = z
  .string()
  .overwrite(storable)
  .trim()
  .min(1, { error: "name_empty" })
  .max(100, { error: "name_long" });

export const newUserSchema = z.object({
  email: emailSchema,
  name: personNameSchema,
  password: newPasswordSchema,
});
export type NewUser = z.infer<typeof newUserSchema>;
