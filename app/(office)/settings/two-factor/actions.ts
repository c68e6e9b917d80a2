"use server";

import { revalidatePath } from "next/cache";
import { renderSVG } from "uqr";
import { action } from "@/lib/auth/action";
import { provenSchema } from "@/lib/auth/own-password";
import {
  beginTwoFactor,
  confirmTwoFactor,
  firstCodeSchema,
  renewRecoveryCodes,
  turnTwoFactorOff,
} from "@/lib/auth/two-factor";
import { kaspiAccess } from "@/lib/exits/access";

/** The picture is drawn here: the secret goes to nobody but the person. */
export const begin = action(provenSchema, async (caller, { current }) => {
  const access = kaspiAccess();
  const { secret, uri } = await beginTwoFactor(access, caller, current, access.clock());
  const drawn = Buffer.from(renderSVG(uri, { border: 2 })).toString("base64");
  return { secret, qr: `data:image/svg+xml;base64,${drawn}` };
});

export const confirm = action(firstCodeSchema, async (caller, { code }) => {
  const access = kaspiAccess();
  const codes = await confirmTwoFactor(access, caller, code, access.clock());
  revalidatePath("/settings");
  return codes;
});

export const renew = action(provenSchema, async (caller, { current }) => {
  const access = kaspiAccess();
  const codes = await renewRecoveryCodes(access, caller, current, access.clock());
  revalidatePath("/settings");
  return codes;
});

export const turnOff = action(provenSchema, async (caller, { current }) => {
  const access = kaspiAccess();
  await turnTwoFactorOff(access, caller, current, access.clock());
  revalidatePath("/settings");
});
