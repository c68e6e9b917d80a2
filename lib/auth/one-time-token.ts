import { createHash, randomBytes } from "node:crypto";

/** What is kept of a token. Fast on purpose: a token of ours cannot be guessed as a password can. */
export const hashOf = (token: string) => createHash("sha256").update(token).digest("hex");

/** The token of a link: 192 bits, shown once. */
export const newToken = () => randomBytes(24).toString("base64url");
