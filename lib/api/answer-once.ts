import { createHmac } from "node:crypto";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import { SECOND } from "@/lib/core/time";
import { env } from "@/lib/env";
import { kaspiAccess } from "@/lib/exits/access";
import { forgetClaim, keepAnswer, takeClaim } from "./answer-queries";

const LONGEST_KEY = 200;
/** What is told of an answer that is given again. */
const told = ["content-type", "location", "retry-after"];

/** Keyed: a body may hold a password or a code, which a bare hash would let be guessed from the table. */
const fingerprintOf = (said: unknown) =>
  createHmac("sha256", env().NEXTAUTH_SECRET).update(JSON.stringify(said)).digest("hex");

type Once = {
  caller: Caller;
  request: Request;
  operation: string;
  said: unknown;
  /** Fields that are not kept. */
  once?: readonly string[];
};

/**
 * With an `Idempotency-Key` the work is done once in 24 hours, whoever repeats the request: the same key and
 * body get the first answer. Throws `conflict` for the same key with another body, and while the first is
 * still being answered. What is refused, or fails, may be asked again with the same key.
 */
export async function answerOnce(
  { caller, request, operation, said, once = [] }: Once,
  work: () => Promise<Response>,
): Promise<Response> {
  const key = request.headers.get("idempotency-key");
  if (key === null) return work();
  if (key === "" || key.length > LONGEST_KEY)
    throw new AppError("invalid", "invalid", {
      details: [{ path: "Idempotency-Key", message: "idempotency_key_length" }],
    });
  const { db, clock } = kaspiAccess();
  const bodyHash = fingerprintOf(said);
  const claim = { userId: caller.id, operation, key, bodyHash };
  const known = await takeClaim(db, claim, clock());
  if (known) {
    if (known.bodyHash !== bodyHash) throw new AppError("conflict", "idempotency_key_reused");
    if (known.status === null)
      throw new AppError("conflict", "idempotency_under_way", { retryAfterMs: SECOND });
    return new Response(known.body, { status: known.status, headers: known.headers });
  }
  const answer = await work().catch(async (error) => {
    await forgetClaim(db, claim);
    throw error;
  });
  // From here on it is done: should the answer not be kept, whoever repeats it is told to wait, not obeyed.
  const body = without(await answer.clone().text(), once);
  const headers = Object.fromEntries(
    told.flatMap((name) => {
      const value = answer.headers.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );
  await keepAnswer(db, claim, { status: answer.status, body, headers });
  return answer;
}

function without(body: string, fields: readonly string[]): string {
  if (fields.length === 0) return body;
  const nothing = Object.fromEntries(fields.map((field) => [field, null]));
  return JSON.stringify({ ...JSON.parse(body), ...nothing });
}
