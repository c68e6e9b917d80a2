"use server";

import { revalidatePath } from "next/cache";
import { z } from "zod";
import { action } from "@/lib/auth/action";
import { kaspiAccess } from "@/lib/exits/access";
import { askForCard, leaveCard } from "@/lib/reviews/ask-card";
import { askForShop } from "@/lib/reviews/ask-shop";
import { cardField, cardNumber } from "@/lib/reviews/model";

export const askCard = action(z.object({ card: cardField }), async (caller, { card }) => {
  const { db, clock } = kaspiAccess();
  await askForCard(db, caller, { cardId: card, watch: true }, clock());
  revalidatePath("/reviews/cards", "layout");
  return { cardId: card };
});

export const leaveOne = action(z.object({ cardId: cardNumber }), async (caller, { cardId }) => {
  const { db, clock } = kaspiAccess();
  await leaveCard(db, caller, cardId, clock());
  revalidatePath("/reviews/cards", "layout");
});

export const askShop = action(z.object({ storeId: z.uuid() }), async (caller, { storeId }) => {
  const { db, clock } = kaspiAccess();
  await askForShop(db, caller, storeId, clock());
  revalidatePath("/reviews");
});
