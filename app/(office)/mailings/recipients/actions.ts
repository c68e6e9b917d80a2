"use server";

import { revalidatePath } from "next/cache";
import { action } from "@/lib/auth/action";
import { mailingAccess } from "@/lib/mailings/access";
import { removeRecipients, tagRecipients } from "@/lib/mailings/recipients/change-chosen";
import {
  addRecipient,
  changeRecipient,
  writeAgain,
} from "@/lib/mailings/recipients/manage-recipients";
import {
  changedRecipientSchema,
  chosenSchema,
  recipientIdSchema,
  recipientSchema,
  taggedSchema,
} from "@/lib/mailings/recipients/recipient-model";

const anew = () => revalidatePath("/mailings", "layout");

export const add = action(recipientSchema, async (caller, given) => {
  const { db, clock } = mailingAccess();
  await addRecipient(db, caller, given, clock());
  anew();
});

export const change = action(
  changedRecipientSchema,
  async (caller, { recipientId: id, ...given }) => {
    const { db, clock } = mailingAccess();
    await changeRecipient(db, caller, { ...given, id }, clock());
    anew();
  },
);

export const again = action(recipientIdSchema, async (caller, { recipientId }) => {
  const { db, clock } = mailingAccess();
  await writeAgain(db, caller, recipientId, clock());
  anew();
});

export const tagMany = action(taggedSchema, async (caller, given) => {
  const { db, clock } = mailingAccess();
  const outcome = await tagRecipients(db, caller, given, clock());
  anew();
  return outcome;
});

export const removeMany = action(chosenSchema, async (caller, chosen) => {
  const { db, clock } = mailingAccess();
  const count = await removeRecipients(db, caller, chosen, clock());
  anew();
  return { count };
});
