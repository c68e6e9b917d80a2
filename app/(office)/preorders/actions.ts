"use server";

import { revalidatePath } from "next/cache";
import { action } from "@/lib/auth/action";
import { kaspiAccess } from "@/lib/exits/access";
import { changePreorder } from "@/lib/preorders/change-preorder";
import { createPreorders, previewPreorders as previewOf } from "@/lib/preorders/create-preorders";
import { endPreorder as end } from "@/lib/preorders/end-preorder";
import {
  endForm,
  newPreordersForm,
  preorderForm,
  previewForm,
  sendForm,
} from "@/lib/preorders/form-model";
import { pushNamed, pushPreorders } from "@/lib/preorders/push-preorders";

const shown = () => {
  revalidatePath("/preorders");
  revalidatePath("/products", "layout");
};

export const previewPreorders = action(previewForm, (caller, asked) => {
  const { db, clock } = kaspiAccess();
  return previewOf(db, caller, asked, clock());
});

export const makePreorders = action(newPreordersForm, async (caller, { send, ...given }) => {
  const { db, clock } = kaspiAccess();
  const { storeId } = given;
  const made = await db.transaction(async (tx) => {
    const ids = await createPreorders(tx, caller, given, clock());
    const asked = { storeId, ids, confirm: false };
    const pushed = send ? await pushPreorders(tx, caller, asked, clock()) : null;
    return { made: ids.length, refused: pushed?.refused.length ?? 0 };
  });
  shown();
  return made;
});

export const savePreorder = action(preorderForm, async (caller, { preorderId, price, ...rest }) => {
  const { db, clock } = kaspiAccess();
  const changes = { ...rest, ...(price !== null && { price }) };
  await changePreorder(db, caller, { id: preorderId, ...changes }, clock());
  shown();
});

export const endPreorder = action(endForm, async (caller, { preorderId, how }) => {
  const { db, clock } = kaspiAccess();
  await end(db, caller, { id: preorderId, how }, clock());
  shown();
});

export const sendPreorders = action(sendForm, async (caller, { preorderIds, confirm }) => {
  const { db, clock } = kaspiAccess();
  const pushed = await pushNamed(db, caller, { ids: preorderIds, confirm }, clock());
  shown();
  return {
    sent: pushed.reduce((sum, { asked }) => sum + asked, 0),
    refused: pushed.reduce((sum, { refused }) => sum + refused.length, 0),
  };
});
