import type { Caller } from "@/lib/auth/model";
import { inTurns } from "@/lib/core/in-turns";

const own = inTurns("message-files", {
  most: 1,
  waiting: { most: 0, error: "message_file_under_way" },
});

/** From the first byte of a file to the answer: a person has one at a time. Throws `rate_limited`. */
export function inUploadTurn<T>({ id }: Caller, work: () => Promise<T>): Promise<T> {
  return own(id, work);
}
