import { z } from "zod";
import type { Caller } from "@/lib/auth/model";
import type { KaspiAccess } from "@/lib/exits/access";
import { forgetOfficial } from "@/lib/exits/channels";
import { setOfficialOnly } from "./rest-queries";

export const officialOnlySchema = z.object({ storeId: z.uuid(), officialOnly: z.boolean() });

/**
 * Allows nothing but Kaspi's official interface for the store, or everything again. Its jobs find
 * nothing to do, prices that waited say so, and every channel refuses (see `throughChannel`).
 */
export async function setStoreOfficialOnly(
  access: KaspiAccess,
  caller: Caller,
  input: z.infer<typeof officialOnlySchema>,
): Promise<void> {
  await setOfficialOnly(access.db, caller, input, access.clock());
  forgetOfficial(access);
}
