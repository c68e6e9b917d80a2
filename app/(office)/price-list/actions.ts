"use server";

import { revalidatePath } from "next/cache";
import { action } from "@/lib/auth/action";
import { kaspiAccess } from "@/lib/exits/access";
import { listOfStore, storeOfList } from "@/lib/price-list/input-model";
import { makeListByPerson } from "@/lib/price-list/make-by-person";
import {
  changeFeedAddress,
  removeFeedPassword,
  setFeedPassword,
  turnFeedOff,
  turnFeedOn,
} from "@/lib/price-list/manage-feed";
import { previewRollback } from "@/lib/price-list/preview-rollback";
import { requestRollback } from "@/lib/price-list/roll-back";
import { requestUpload } from "@/lib/price-list/upload-list";

const anew = () => revalidatePath("/price-list", "layout");

export const make = action(storeOfList, async (caller, { storeId }) => {
  await makeListByPerson(kaspiAccess(), caller, storeId);
  anew();
});

export const upload = action(storeOfList, async (caller, { storeId }) => {
  const { db, clock } = kaspiAccess();
  await requestUpload(db, caller, storeId, clock());
  anew();
});

export const turnOn = action(storeOfList, async (caller, { storeId }) => {
  await turnFeedOn(kaspiAccess(), caller, storeId);
  anew();
});

export const turnOff = action(storeOfList, async (caller, { storeId }) => {
  await turnFeedOff(kaspiAccess(), caller, storeId);
  anew();
});

export const renewAddress = action(storeOfList, async (caller, { storeId }) => {
  await changeFeedAddress(kaspiAccess(), caller, storeId);
  anew();
});

export const makePassword = action(storeOfList, async (caller, { storeId }) => {
  const password = await setFeedPassword(kaspiAccess(), caller, storeId);
  anew();
  return { password };
});

export const removePassword = action(storeOfList, async (caller, { storeId }) => {
  await removeFeedPassword(kaspiAccess(), caller, storeId);
  anew();
});

/** Changes nothing: what putting the prices of a version back would ask for. */
export const lookAtRollback = action(listOfStore, (caller, { listId }) =>
  previewRollback(kaspiAccess().db, caller, listId),
);

export const rollBack = action(listOfStore, async (caller, { listId }) => {
  const { db, clock } = kaspiAccess();
  await requestRollback(db, caller, listId, clock());
  anew();
});
