"use server";

import { revalidatePath } from "next/cache";
import type { z } from "zod";
import { action } from "@/lib/auth/action";
import { AppError } from "@/lib/core/errors";
import { instantAt } from "@/lib/core/local-time";
import { mailingAccess } from "@/lib/mailings/access";
import {
  againSchema,
  changedMailingSchema,
  mailingIdSchema,
  releasedMailingSchema,
  savedMailingSchema,
  turnedMailingSchema,
} from "@/lib/mailings/form-model";
import { changeMailing, makeMailing, removeMailing } from "@/lib/mailings/manage-mailing";
import {
  cancelMailing,
  pauseMailing,
  releaseMailing,
  reopenMailing,
  resumeMailing,
  sendAgainTo,
  setMailingActive,
  startMailing,
} from "@/lib/mailings/send-mailing";
import { getWorkspace } from "@/lib/workspace/queries";

const anew = () => revalidatePath("/mailings", "layout");

/** What was typed, as the office's clock has it: a mailing is everybody's, whoever looks at it. */
async function given({ first, last, ...said }: z.output<typeof savedMailingSchema>) {
  const { timeZone } = await getWorkspace(mailingAccess().db);
  const at = (local: string | null) => (local === null ? null : instantAt(local, timeZone));
  return { ...said, firstAt: at(first), lastAt: at(last) };
}

export const make = action(savedMailingSchema, async (caller, said) => {
  const { db, clock } = mailingAccess();
  const id = await makeMailing(db, caller, await given(said), clock());
  anew();
  return { id };
});

export const change = action(changedMailingSchema, async (caller, { mailingId: id, ...said }) => {
  const { db, clock } = mailingAccess();
  await changeMailing(db, caller, { ...(await given(said)), id }, clock());
  anew();
});

/** Throws `conflict` where no letter can leave: what is begun now would never end. */
function requireMail() {
  const access = mailingAccess();
  if (access.openPost === null) throw new AppError("conflict", "mail_not_set");
  return access;
}

export const start = action(mailingIdSchema, async (caller, { mailingId }) => {
  const { db, clock } = requireMail();
  await startMailing(db, caller, mailingId, clock());
  anew();
});

export const resume = action(mailingIdSchema, async (caller, { mailingId }) => {
  const { db, clock } = requireMail();
  await resumeMailing(db, caller, mailingId, clock());
  anew();
});

export const sendAgain = action(againSchema, async (caller, { mailingId: id, ...which }) => {
  const { db, clock } = requireMail();
  await sendAgainTo(db, caller, { id, ...which }, clock());
  anew();
});

export const pause = action(mailingIdSchema, async (caller, { mailingId }) => {
  const { db, clock } = mailingAccess();
  await pauseMailing(db, caller, mailingId, clock());
  anew();
});

export const cancel = action(mailingIdSchema, async (caller, { mailingId }) => {
  const { db, clock } = mailingAccess();
  await cancelMailing(db, caller, mailingId, clock());
  anew();
});

export const reopen = action(mailingIdSchema, async (caller, { mailingId }) => {
  const { db, clock } = mailingAccess();
  await reopenMailing(db, caller, mailingId, clock());
  anew();
});

export const release = action(releasedMailingSchema, async (caller, { mailingId: id, seen }) => {
  const { db, clock } = mailingAccess();
  await releaseMailing(db, caller, { id, seen: new Date(seen) }, clock());
  anew();
});

export const remove = action(mailingIdSchema, async (caller, { mailingId }) => {
  const { db, clock } = mailingAccess();
  await removeMailing(db, caller, mailingId, clock());
  anew();
});

export const turn = action(turnedMailingSchema, async (caller, { mailingId: id, isActive }) => {
  const { db, clock } = mailingAccess();
  await setMailingActive(db, caller, { id, isActive }, clock());
  anew();
});
