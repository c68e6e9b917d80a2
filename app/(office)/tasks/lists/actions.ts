"use server";

import { revalidatePath } from "next/cache";
import { action } from "@/lib/auth/action";
import { taskAccess } from "@/lib/tasks/access";
import {
  listIdSchema,
  newListSchema,
  renamedListSchema,
  sharedListSchema,
} from "@/lib/tasks/form-model";
import { changeCategory, makeCategory, removeCategory } from "@/lib/tasks/manage-categories";

const anew = () => revalidatePath("/tasks", "layout");

export const make = action(newListSchema, async (caller, given) => {
  await makeCategory(taskAccess(), caller, given);
  anew();
});

export const rename = action(renamedListSchema, async (caller, said) => {
  await changeCategory(taskAccess(), caller, said);
  anew();
});

export const share = action(sharedListSchema, async (caller, said) => {
  await changeCategory(taskAccess(), caller, said);
  anew();
});

export const remove = action(listIdSchema, async (caller, { categoryId }) => {
  await removeCategory(taskAccess(), caller, categoryId);
  anew();
});
