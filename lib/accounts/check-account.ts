import { AppError } from "@/lib/core/errors";
import type { KaspiAccess } from "@/lib/exits/access";
import { throughChannel } from "@/lib/exits/channels";
import { isSessionAlive } from "@/lib/kaspi/check-session";
import { inCabinet } from "./cabinet";
import { markSessionAlive } from "./queries";

/** Asks Kaspi whether the session lives, and renews it when it does not. Throws as `inCabinet`. */
export async function checkAccount(
  access: KaspiAccess,
  accountId: string,
  signal?: AbortSignal,
): Promise<void> {
  await inCabinet(
    access,
    accountId,
    (cabinet) =>
      throughChannel(access, { name: "session", of: accountId }, async () => {
        if (!(await isSessionAlive(cabinet))) throw new AppError("kaspi_session_expired");
      }),
    signal,
  );
  await markSessionAlive(access.db, accountId, access.clock());
}
