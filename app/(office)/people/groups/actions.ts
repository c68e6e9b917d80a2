"use server";

import { revalidatePath } from "next/cache";
import { action } from "@/lib/auth/action";
import { peopleAccess } from "@/lib/people/access";
import { groupChangeSchema, groupIdSchema, groupSchema } from "@/lib/people/group-model";
import { changeGroup, createGroup, deleteGroup } from "@/lib/people/manage-groups";

export const create = action(groupSchema, async (caller, group) => {
  await createGroup(peopleAccess(), caller, group);
  revalidatePath("/people", "layout");
});

export const change = action(groupChangeSchema, async (caller, group) => {
  await changeGroup(peopleAccess(), caller, group);
  revalidatePath("/people", "layout");
});

export const remove = action(groupIdSchema, async (caller, { groupId }) => {
  await deleteGroup(peopleAccess(), caller, groupId);
  revalidatePath("/people", "layout");
});
