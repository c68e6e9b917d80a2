import { AppError } from "@/lib/core/errors";
import { MOST_FILE_BYTES } from "./read-rows";

/** What a form says besides its file, and what parts its fields. */
const BESIDES = 100_000;

/** What a form may carry, and what is said of more and of what is no form. */
export type UploadLimits = {
  mostBytes: number;
  tooLarge: () => AppError;
  unreadable: (cause: unknown) => AppError;
};
const ofSheets: UploadLimits = {
  mostBytes: MOST_FILE_BYTES,
  tooLarge: () => new AppError("invalid", "sheet_too_large"),
  unreadable: (cause) => new AppError("invalid", "sheet_unreadable", { cause }),
};

/**
 * The form a file was sent with. However it is sent: with its length, or piece by piece without one, when
 * Next cuts it off at a length of its own without a word. Throws `invalid` for what is too large or no form.
 */
export async function readUpload(
  request: Request,
  { mostBytes, tooLarge, unreadable }: UploadLimits = ofSheets,
): Promise<FormData> {
  const isTooLong = (bytes: number) => bytes > mostBytes + BESIDES;
  if (isTooLong(Number(request.headers.get("content-length") ?? 0))) throw tooLarge();
  const body = await readBody(request.body, (bytes) => {
    if (isTooLong(bytes)) throw tooLarge();
  });
  const type = request.headers.get("content-type") ?? "";
  try {
    return await new Response(body, { headers: { "content-type": type } }).formData();
  } catch (cause) {
    throw unreadable(cause);
  }
}

async function readBody(stream: Request["body"], check: (bytes: number) => void): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for await (const part of stream ?? []) {
    length += part.byteLength;
    check(length);
    parts.push(part);
  }
  return new Blob(parts);
}
