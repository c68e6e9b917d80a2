import type { KaspiAccess } from "@/lib/exits/access";
import { browserLogin } from "@/lib/kaspi/browser-login";
import { directLogin } from "@/lib/kaspi/direct-login";
import { type LoginOutcome, logIn } from "@/lib/kaspi/log-in";
import type { KaspiCredentials } from "./model";

/** One attempt at Kaspi's login: direct, and through a browser when the direct way is refused by address. */
export function attemptLogin(
  access: KaspiAccess,
  credentials: KaspiCredentials,
  signal?: AbortSignal,
): Promise<LoginOutcome> {
  const flows = [directLogin(access.transport(null))];
  if (access.chromiumPath)
    flows.push(browserLogin({ hosts: access.hosts, executablePath: access.chromiumPath }));
  // Logins are paced by the account's lock and by Kaspi's own break times, not by slots.
  return logIn(flows, credentials, { acquireSlot: async () => {}, ...(signal && { signal }) });
}
