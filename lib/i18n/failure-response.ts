type Init = {
  status: number;
  headers?: Record<string, string>;
  /** What is wrong with which field, in the caller's language. */
  fields?: Record<string, string>;
};

/** How every JSON answer of ours says that something failed; its field names are a contract. */
export function failureResponse(
  code: string,
  error: string,
  { status, headers, fields = {} }: Init,
): Response {
  const details = Object.entries(fields).map(([path, message]) => ({ path, message }));
  const body = { success: false, code, error, ...(details.length > 0 && { details }) };
  return Response.json(body, { status, ...(headers && { headers }) });
}
