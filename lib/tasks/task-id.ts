import { createHash, randomBytes } from "node:crypto";

/**
 * The id of a task or a list: SHA-256, in hex, of the moment, the installation's salt and a random nonce, so that
 * two of one millisecond differ and none can be guessed.
 */
export function newTaskId(now: Date, salt: string, nonce: Buffer = randomBytes(16)): string {
  return createHash("sha256").update(`${now.toISOString()}\n${salt}\n`).update(nonce).digest("hex");
}
