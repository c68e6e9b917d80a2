import { AppError } from "@/lib/core/errors";

const KB = 1024;
const MB = 1024 * KB;

/** An action's or a route's own data; the largest is a pasted list of proxies. */
export const MOST_BODY_BYTES = MB;
/** A file of 20 MB with its form around it; whoever takes files counts them again, to the byte. */
const MOST_UPLOAD_BYTES = 21 * MB;
/** Nobody who logs in is known yet, and a login is short. */
const MOST_LOGIN_BYTES = 16 * KB;

/** The addresses that take files. */
const uploads = new Set([
  "/mailings/recipients/import/file",
  "/products/costs/file",
  "/products/import/file",
  "/mailings/messages/file",
]);

type Asked = Pick<Request, "headers" | "url">;

function limitOf(path: string): number {
  if (uploads.has(path)) return MOST_UPLOAD_BYTES;
  return path.startsWith("/api/auth/") ? MOST_LOGIN_BYTES : MOST_BODY_BYTES;
}

export const isUpload = (url: string): boolean => URL.canParse(url) && uploads.has(pathOf(url));

/** Next takes an address with and without the last slash. */
const pathOf = (url: string) => new URL(url).pathname.replace(/(?<=.)\/+$/, "");

/** Throws `too_large` before any of the body is read: for its length, or for not saying it. */
export function requireSmallBody({ url, headers }: Asked): void {
  const path = pathOf(url);
  const isOpenEnded = headers.has("transfer-encoding") && !uploads.has(path);
  if (isOpenEnded) throw new AppError("too_large", "length_missing");
  if (Number(headers.get("content-length") ?? 0) > limitOf(path)) throw new AppError("too_large");
}
