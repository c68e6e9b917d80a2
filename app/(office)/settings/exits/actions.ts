"use server";

import { revalidatePath } from "next/cache";
import { action } from "@/lib/auth/action";
import { requirePermission } from "@/lib/auth/permissions";
import { kaspiAccess } from "@/lib/exits/access";
import {
  addProxy,
  removeProxy,
  renameExit,
  setExitForCabinet,
  setExitPace,
  switchExit,
} from "@/lib/exits/manage-exits";
import {
  exitCabinetSchema,
  exitIdSchema,
  exitLabelSchema,
  exitPaceSchema,
  exitSwitchSchema,
  newExitSchema,
  pasteSchema,
} from "@/lib/exits/model";
import { pasteProxies } from "@/lib/exits/paste-proxies";
import { testExit } from "@/lib/exits/probe-exits";

const here = "/settings/exits";

export const addExit = action(newExitSchema, async (caller, exit) => {
  await addProxy(kaspiAccess(), caller, exit);
  revalidatePath(here);
});

export const pasteExits = action(pasteSchema, async (caller, paste) => {
  const findings = await pasteProxies(kaspiAccess(), caller, paste);
  revalidatePath(here);
  return findings;
});

export const tryExit = action(exitIdSchema, async (caller, { exitId }) => {
  requirePermission(caller, "manage_proxies");
  const test = await testExit(kaspiAccess(), exitId);
  revalidatePath(here);
  return test;
});

export const labelExit = action(exitLabelSchema, async (caller, input) => {
  await renameExit(kaspiAccess(), caller, input);
  revalidatePath(here);
});

export const paceExit = action(exitPaceSchema, async (caller, input) => {
  await setExitPace(kaspiAccess(), caller, input);
  revalidatePath(here);
});

export const turnExit = action(exitSwitchSchema, async (caller, input) => {
  await switchExit(kaspiAccess(), caller, input);
  revalidatePath("/", "layout");
});

export const allowCabinet = action(exitCabinetSchema, async (caller, input) => {
  await setExitForCabinet(kaspiAccess(), caller, input);
  revalidatePath(here);
});

export const removeExit = action(exitIdSchema, async (caller, { exitId }) => {
  await removeProxy(kaspiAccess(), caller, exitId);
  revalidatePath("/", "layout");
});
