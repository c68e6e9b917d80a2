import { z } from "zod";
import {
  type BuiltInGroup,
  type Permission,
  permissions,
  withNeeds,
} from "@/lib/auth/permission-model";
import { storable } from "@/lib/core/text";

/** A group has what its permissions need as well, whatever was ticked. */
const permissionsField = z.array(z.enum(permissions)).max(100).transform(withNeeds);

export const groupNameSchema = z
  .string()
  .overwrite(storable)
  .trim()
  .min(1, { error: "name_empty" })
  .max(100, { error: "name_long" });

export const groupSchema = z.object({ name: groupNameSchema, permissions: permissionsField });
export type NewGroup = z.output<typeof groupSchema>;
export const groupIdSchema = z.object({ groupId: z.uuid() });
export const groupChangeSchema = groupSchema.extend({ groupId: z.uuid() });
export type GroupChange = z.output<typeof groupChangeSchema>;

export const groupIdsField = z.array(z.uuid()).max(100);
export const personGroupsSchema = z.object({ personId: z.uuid(), groupIds: groupIdsField });
export type PersonGroups = z.output<typeof personGroupsSchema>;

export type Group = {
  id: string;
  name: string;
  builtIn: BuiltInGroup | null;
  permissions: Permission[];
  /** How many are in it. */
  people: number;
};

export type GroupMember = {
  groupId: string;
  id: string;
  name: string;
  email: string;
  role: "owner" | "member";
  isActive: boolean;
};
