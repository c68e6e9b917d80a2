"use server";

import { revalidatePath } from "next/cache";
import { renderSVG } from "uqr";
import { z } from "zod";
import { action } from "@/lib/auth/action";
import { tellingAccess } from "@/lib/telling/access";
import { chooseSettings } from "@/lib/telling/choose-settings";
import { askForLink, setMuted, TOKEN_MS, unlink } from "@/lib/telling/link-account";
import { tellingSettingsSchema } from "@/lib/telling/settings-form-model";

/** The picture is drawn here: the token goes to nobody but the person. */
export const askLink = action(z.object({}), async (caller) => {
  const { token, url } = await askForLink(tellingAccess(), caller);
  if (url === null) return { token, url, qr: null, goodForMs: TOKEN_MS };
  const drawn = Buffer.from(renderSVG(url, { border: 2 })).toString("base64");
  return { token, url, qr: `data:image/svg+xml;base64,${drawn}`, goodForMs: TOKEN_MS };
});

export const unlinkTelegram = action(z.object({}), async (caller) => {
  await unlink(tellingAccess(), caller);
  revalidatePath("/settings");
});

export const muteTelegram = action(z.object({ muted: z.boolean() }), async (caller, { muted }) => {
  await setMuted(tellingAccess(), caller, muted);
  revalidatePath("/settings");
});

export const saveTelling = action(tellingSettingsSchema, async (caller, chosen) => {
  await chooseSettings(tellingAccess(), caller, chosen);
  revalidatePath("/settings");
});
