import { inCabinet } from "@/lib/accounts/cabinet";
import { loginRequestSchema } from "@/lib/accounts/model";
import { findCaller } from "@/lib/auth/users";
import { isAppError } from "@/lib/core/errors";
import { closeDatabase } from "@/lib/db/client";
import { kaspiAccess } from "@/lib/exits/access";
import { listMerchants } from "@/lib/kaspi/merchants";
import { log } from "@/lib/log";
import { beginConnecting, goOnConnecting } from "@/lib/stores/connect-stores";

/** A process of its own that makes one step of a login, and says on stdout what came of it. */

const [work = "", userId = "", ...given] = process.argv.slice(2);
const access = kaspiAccess();
const [first = "", second = ""] = given;

async function step(): Promise<unknown> {
  if (work === "ask") return inCabinet(access, first, listMerchants);
  const caller = await findCaller(access.db, userId, 1);
  if (!caller) throw new Error("no such user");
  if (work === "begin")
    return beginConnecting(access, caller, loginRequestSchema.parse(JSON.parse(first)));
  const reply = { kind: "code" as const, code: second };
  return goOnConnecting(access, caller, { pendingId: first, reply });
}

const outcome = await step().catch((error: unknown) => {
  log.error({ err: error }, "the step failed");
  return { failed: isAppError(error) ? error.key : String(error) };
});
log.debug({ outcome: JSON.stringify(outcome).length }, "the step is made");
process.stdout.write(`${JSON.stringify(outcome)}\n`);
await closeDatabase();
process.exit();
