"use client";

declare global {
  /** Where the libraries that put style elements into a page look for the page's nonce. */
  var __webpack_nonce__: string | undefined;
}

/** Lets windows that hold the page still do so under the policy for styles: of the document, not of what was fetched since. */
export function StyleNonce({ nonce }: { nonce: string | undefined }) {
  if (typeof window !== "undefined") globalThis.__webpack_nonce__ ??= nonce;
  return null;
}
