"use server";

import { revalidatePath } from "next/cache";
import { action } from "@/lib/auth/action";
import { mailingAccess } from "@/lib/mailings/access";
import { removeFile } from "@/lib/mailings/messages/manage-files";
import {
  changeMessage,
  copyMessage,
  makeMessage,
  removeMessage,
} from "@/lib/mailings/messages/manage-messages";
import {
  changedMessageSchema,
  fileIdSchema,
  messageIdSchema,
  messageSchema,
  previewSchema,
  triedSchema,
} from "@/lib/mailings/messages/message-model";
import { previewLetter } from "@/lib/mailings/messages/preview-letter";
import { tryLetter } from "@/lib/mailings/messages/try-letter";

const anew = () => revalidatePath("/mailings", "layout");

export const make = action(messageSchema, async (caller, given) => {
  const { db, clock } = mailingAccess();
  const id = await makeMessage(db, caller, given, clock());
  anew();
  return { id };
});

export const change = action(changedMessageSchema, async (caller, given) => {
  const { db, clock } = mailingAccess();
  const kept = await changeMessage(db, caller, given, clock());
  anew();
  return kept;
});

export const copy = action(messageIdSchema, async (caller, { messageId }) => {
  const { db, clock } = mailingAccess();
  const id = await copyMessage(db, caller, messageId, clock());
  anew();
  return { id };
});

export const remove = action(messageIdSchema, async (caller, { messageId }) => {
  const { db, clock } = mailingAccess();
  await removeMessage(db, caller, messageId, clock());
  anew();
});

export const dropFile = action(fileIdSchema, async (caller, { fileId }) => {
  const { db, clock } = mailingAccess();
  await removeFile(db, caller, fileId, clock());
  anew();
});

export const preview = action(previewSchema, (caller, given) =>
  previewLetter(mailingAccess(), caller, given),
);

export const sendToMyself = action(triedSchema, (caller, given) =>
  tryLetter(mailingAccess(), caller, given),
);
