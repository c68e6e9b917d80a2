import { AppError } from "@/lib/core/errors";
import type { KaspiAccess } from "@/lib/exits/access";
import { isSessionAlive } from "@/lib/kaspi/check-session";
import { askCabinet } from "./ask-cabinet";
import { markSessionAlive } from "./queries";

/** Asks Kaspi whether the session lives, and renews it when it does not. Throws as `askCabinet`. */
export async function checkAccount(
  access: KaspiAccess,
  accountId: string,
  signal?: AbortSignal,
): Promise<void> {
  await askCabinet(
    access,
    { accountId, channel: { name: "session", of: accountId } },
    async (cabinet) => {
      if (!(await isSessionAlive(cabinet))) throw new AppError("kaspi_session_expired");
    },
    signal,
  );
  await markSessionAlive(access.db, accountId, access.clock());
}
