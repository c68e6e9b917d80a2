"use server";

import { revalidatePath } from "next/cache";
import { action } from "@/lib/auth/action";
import { taskAccess } from "@/lib/tasks/access";
import { addRule, removeRule, setRule } from "@/lib/tasks/change-rule";
import { newRuleSchema, ruleIdSchema, turnedRuleSchema } from "@/lib/tasks/rule-model";

const anew = () => revalidatePath("/tasks/rules");

export const add = action(newRuleSchema, async (caller, given) => {
  await addRule(taskAccess(), caller, given);
  anew();
});

export const turn = action(turnedRuleSchema, async (caller, said) => {
  await setRule(taskAccess(), caller, said);
  anew();
});

export const remove = action(ruleIdSchema, async (caller, { ruleId }) => {
  await removeRule(taskAccess(), caller, ruleId);
  anew();
});
