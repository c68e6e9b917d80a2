/** How every JSON answer of ours says that something failed; its field names are a contract. */
export function failureResponse(
  code: string,
  error: string,
  init: { status: number; headers?: Record<string, string> },
): Response {
  return Response.json({ success: false, code, error }, init);
}
