import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { env } from "@/lib/env";

const ALGORITHM = "aes-256-gcm";

type Key = { id: string; bytes: Buffer };

function keyOf(base64: string): Key {
  const bytes = Buffer.from(base64, "base64");
  return { id: createHash("sha256").update(bytes).digest("hex").slice(0, 8), bytes };
}

/** A key's name in what it has sealed. */
export const keyIdOf = (base64: string): string => keyOf(base64).id;

export type Vault = {
  /** The key that seals now, as sealed values name it. */
  keyId: string;
  /** `keyId.nonce.tag.ciphertext`; the key's id lets an older key still open it after a rotation. */
  seal(plain: string): string;
  open(sealed: string): string;
};

/** Encrypts secrets at rest with the first key, opens with any of them. */
export function createVault(currentKey: string, oldKeys: string[] = []): Vault {
  const current = keyOf(currentKey);
  const keys = new Map([...oldKeys.map(keyOf), current].map((key) => [key.id, key]));
  return {
    keyId: current.id,
    seal(plain) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv(ALGORITHM, current.bytes, nonce);
      const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
      const parts = [nonce, cipher.getAuthTag(), body].map((part) => part.toString("base64url"));
      return [current.id, ...parts].join(".");
    },
    open(sealed) {
      const [keyId = "", nonce = "", tag = "", body = ""] = sealed.split(".");
      const key = keys.get(keyId);
      if (!key) throw new Error(`no encryption key with id ${keyId}`);
      const decipher = createDecipheriv(ALGORITHM, key.bytes, Buffer.from(nonce, "base64url"));
      decipher.setAuthTag(Buffer.from(tag, "base64url"));
      return (
        decipher.update(Buffer.from(body, "base64url"), undefined, "utf8") + decipher.final("utf8")
      );
    },
  };
}

let shared: Vault | undefined;

/** The installation's vault, with the keys of the environment. */
export function vault(): Vault {
  const { ENCRYPTION_KEY, ENCRYPTION_KEYS_OLD } = env();
  shared ??= createVault(ENCRYPTION_KEY, ENCRYPTION_KEYS_OLD);
  return shared;
}
