/** `failure`: what the server says, in the reader's language; `lost`: the text under `errors` for no answer of ours. */
export type FileAnswer<Report> =
  | { report: Report }
  | { failure: string }
  | { lost: "no_connection" | "sheet_too_large" | "unauthorized" | "unknown" };

/** Sends the form of an import. Somebody on the way may answer in our place: a proxy, or the page to log in. */
export async function sendFile<Report>(
  address: string,
  body: FormData,
): Promise<FileAnswer<Report>> {
  const response = await fetch(address, { method: "POST", body }).catch(() => null);
  if (!response) return { lost: "no_connection" };
  const answer = await response.json().catch(() => null);
  if (response.ok && answer) return { report: answer };
  if (typeof answer?.error === "string") return { failure: answer.error };
  if (response.status === 413) return { lost: "sheet_too_large" };
  return { lost: response.redirected ? "unauthorized" : "unknown" };
}
