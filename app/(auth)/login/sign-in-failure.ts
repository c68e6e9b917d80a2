import type { Failure } from "@/lib/i18n/error-text";

/** What next-auth's `error` means; the codes are those of lib/auth/options.ts. */
export function signInFailure(error: string): Failure {
  if (error === "CredentialsSignin") return { kind: "unauthorized", key: "wrong_credentials" };
  if (error === "code_wrong") return { kind: "unauthorized", key: error };
  const [code, seconds] = error.split(":");
  if (code === "too_many_logins") {
    return { kind: "rate_limited", key: code, retryAfterMs: Number(seconds) * 1000 };
  }
  return { kind: "unavailable", key: "login_failed" };
}

/** The password is right, and the account wants a code as well. */
export const isCodeWanted = (error: string) => error === "code_required";

/** Where to go after login: an address of ours, whatever the address bar asks for. */
export function ownAddress(asked: string | undefined, origin: string): string {
  if (!asked || !URL.canParse(asked, origin)) return "/";
  const url = new URL(asked, origin);
  // Whole: the path alone may begin with two slashes, which is another site.
  return url.origin === origin ? url.href : "/";
}
