import type { Vault } from "@/lib/auth/vault";

/**
 * What is sealed, or null when no key of today opens it: after a key was lost one row must not take
 * the page that shows it, and the way to mend it, with it.
 */
export function opened(vault: Vault, sealed: string): string | null {
  try {
    return vault.open(sealed);
  } catch {
    return null;
  }
}
