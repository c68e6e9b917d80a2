"use server";

import { revalidatePath } from "next/cache";
import { action } from "@/lib/auth/action";
import { kaspiAccess } from "@/lib/exits/access";
import { answerWar, takeBackAnswer } from "@/lib/price-wars/answer-war";
import { answerWarSchema, takeBackSchema } from "@/lib/price-wars/model";

export const answerPriceWar = action(answerWarSchema, async (caller, answer) => {
  const { db, clock } = kaspiAccess();
  await answerWar(db, caller, answer, clock());
  revalidatePath("/products/[id]", "page");
});

export const takeBackWarAnswer = action(takeBackSchema, async (caller, war) => {
  const { db, clock } = kaspiAccess();
  await takeBackAnswer(db, caller, war, clock());
  revalidatePath("/products/[id]", "page");
});
