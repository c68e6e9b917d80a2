"use server";

import { revalidatePath } from "next/cache";
import type { z } from "zod";
import { action } from "@/lib/auth/action";
import { instantAt } from "@/lib/core/local-time";
import { mailingAccess } from "@/lib/mailings/access";
import {
  againSchema,
  changedMailingSchema,
  mailingIdSchema,
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

/** An action on one mailing that needs no more than to know which. */
const onMailing = (
  work: (
    db: ReturnType<typeof mailingAccess>["db"],
    caller: Parameters<typeof startMailing>[1],
    id: number,
    now: Date,
  ) => Promise<unknown>,
) =>
  action(mailingIdSchema, async (caller, { mailingId }) => {
    const { db, clock } = mailingAccess();
    await work(db, caller, mailingId, clock());
    anew();
  });

export const start = onMailing(startMailing);
export const pause = onMailing(pauseMailing);
export const resume = onMailing(resumeMailing);
export const cancel = onMailing(cancelMailing);
export const reopen = onMailing(reopenMailing);
export const release = onMailing(releaseMailing);
export const remove = onMailing(removeMailing);

export const turn = action(turnedMailingSchema, async (caller, { mailingId: id, isActive }) => {
  const { db, clock } = mailingAccess();
  await setMailingActive(db, caller, { id, isActive }, clock());
  anew();
});

export const sendAgain = action(againSchema, async (caller, { mailingId: id, ends }) => {
  const { db, clock } = mailingAccess();
  await sendAgainTo(db, caller, { id, ends }, clock());
  anew();
});
