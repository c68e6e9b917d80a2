"use server";

import { revalidatePath } from "next/cache";
import { checkAccount } from "@/lib/accounts/check-account";
import { loginReplySchema, loginRequestSchema } from "@/lib/accounts/model";
import { action } from "@/lib/auth/action";
import { kaspiAccess } from "@/lib/exits/access";
import { storeRuleForm } from "@/lib/repricing/rule/rule-form-model";
import { setDefaultRule } from "@/lib/repricing/rule/set-rule";
import { archiveStore } from "@/lib/stores/change-queries";
import { beginConnecting, goOnConnecting } from "@/lib/stores/connect-stores";
import { stopSendingSchema, storeIdSchema } from "@/lib/stores/model";
import { setStoreSendingStopped, writableStore } from "@/lib/stores/queries";
import { askForSync } from "@/lib/sync/request-sync";

export const connect = action(loginRequestSchema, async (caller, request) => {
  const step = await beginConnecting(kaspiAccess(), caller, request);
  if (step.kind === "done") revalidatePath("/", "layout");
  return step;
});

export const answerLogin = action(loginReplySchema, async (caller, replied) => {
  const step = await goOnConnecting(kaspiAccess(), caller, replied);
  if (step.kind === "done") revalidatePath("/", "layout");
  return step;
});

export const syncStore = action(storeIdSchema, async (caller, { storeId }) => {
  const { db, clock } = kaspiAccess();
  await askForSync(db, caller, storeId, clock());
  revalidatePath("/stores");
});

export const checkSession = action(storeIdSchema, async (caller, { storeId }) => {
  const access = kaspiAccess();
  const { accountId } = await writableStore(access.db, caller, storeId);
  try {
    if (accountId) await checkAccount(access, accountId);
  } finally {
    // A check that found the session dead has changed the page too.
    revalidatePath("/", "layout");
  }
});

export const stopStoreSending = action(stopSendingSchema, async (caller, input) => {
  const { db, clock } = kaspiAccess();
  await setStoreSendingStopped(db, caller, input, clock());
  revalidatePath("/", "layout");
});

export const saveStoreRule = action(storeRuleForm, async (caller, asked) => {
  const { db, clock } = kaspiAccess();
  const { storeId, rule, confirm } = asked;
  await setDefaultRule(db, caller, storeId, rule, clock(), { confirm });
  revalidatePath("/stores");
});

export const archive = action(storeIdSchema, async (caller, { storeId }) => {
  const { db, clock } = kaspiAccess();
  await archiveStore(db, caller, storeId, clock());
  revalidatePath("/", "layout");
});
