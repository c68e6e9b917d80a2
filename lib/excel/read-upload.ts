import { AppError } from "@/lib/core/errors";
import { MOST_FILE_BYTES } from "./read-rows";

/** What a form says besides its file, and what parts its fields. */
const BESIDES = 100_000;

const tooLarge = () => new AppError("invalid", "sheet_too_large");

/**
 * The form a file was sent with. However it is sent: with its length, or piece by piece without one, when
 * Next cuts it off at a length of its own without a word. Throws `invalid` for what is too large or no form.
 */
export async function readUpload(request: Request): Promise<FormData> {
  if (Number(request.headers.get("content-length") ?? 0) > MOST_FILE_BYTES + BESIDES)
    throw tooLarge();
  const body = await readBody(request.body);
  const type = request.headers.get("content-type") ?? "";
  try {
    return await new Response(body, { headers: { "content-type": type } }).formData();
  } catch (cause) {
    throw new AppError("invalid", "sheet_unreadable", { cause });
  }
}

async function readBody(stream: Request["body"]): Promise<Blob> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for await (const part of stream ?? []) {
    length += part.byteLength;
    if (length > MOST_FILE_BYTES + BESIDES) throw tooLarge();
    parts.push(part);
  }
  return new Blob(parts);
}
