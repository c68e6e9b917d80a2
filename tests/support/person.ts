import type { Caller } from "@/lib/auth/model";

/** Somebody of the office who is in no database. */
export const person = (id: string): Caller => ({
  id,
  email: `${id}@example.kz`,
  name: id,
  role: "member",
  locale: "ru",
  timeZone: null,
  canViewAllStores: false,
});
