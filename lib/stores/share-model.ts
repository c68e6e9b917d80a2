import { z } from "zod";
import { emailSchema } from "@/lib/auth/model";
import { type StorePermission, storePermissions, withNeeds } from "@/lib/auth/permission-model";

/** Whoever a store is shared with sees it, and has what else the rights need. */
const rightsField = z
  .array(z.enum(storePermissions))
  .max(100)
  .transform((chosen) => withNeeds<StorePermission>(["view_store", ...chosen]));

export const shareSchema = z.object({
  storeId: z.uuid(),
  email: emailSchema,
  permissions: rightsField,
});
export type NewShare = z.output<typeof shareSchema>;

export const unshareSchema = z.object({ storeId: z.uuid(), personId: z.uuid() });

/** Somebody a store is shared with. */
export type StoreShare = {
  personId: string;
  name: string;
  email: string;
  isActive: boolean;
  permissions: StorePermission[];
};
