import type { Caller } from "@/lib/auth/model";
import { type Permission, storePermissions } from "@/lib/auth/permission-model";

/** What members have unless somebody decides otherwise. */
export const sellers: ReadonlySet<Permission> = new Set(storePermissions);

/** The same person, with more than their groups allow. */
export const alsoMay = (caller: Caller, ...more: Permission[]): Caller => ({
  ...caller,
  permissions: new Set([...caller.permissions, ...more]),
});

/** The same person, who may look at all stores, and change what they own. */
export const asViewer = (caller: Caller): Caller => alsoMay(caller, "can_view_all_stores");

/** An owner of the installation, as a member like any. */
export const asMember = (caller: Caller): Caller => ({
  ...caller,
  role: "member",
  permissions: sellers,
});

/** Somebody of the office who is in no database. */
export const person = (id: string): Caller => ({
  id,
  email: `${id}@example.kz`,
  name: id,
  role: "member",
  locale: "ru",
  timeZone: null,
  permissions: sellers,
  shares: [],
});
