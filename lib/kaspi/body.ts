import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate } from "node:zlib";

/** Thrown when an answer is larger than its limit or its compression is broken. */
export class UnreadableBody extends Error {
  override name = "UnreadableBody";
}

const decoders = {
  gzip: promisify(gunzip),
  "x-gzip": promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

/** Node's own 16 KB cost a trip to another thread each: a page of a list made a hundred of them. */
const CHUNK_BYTES = 256 * 1024;

/** A body as text, unpacked if it was packed; the limit holds for the unpacked bytes. */
export async function bodyText(
  bytes: Buffer,
  encoding: string | string[] | undefined,
  maxOutputLength: number,
): Promise<string> {
  const name = String(encoding ?? "")
    .trim()
    .toLowerCase();
  if (bytes.length === 0 || name === "" || name === "identity") return bytes.toString();
  const decode = Object.entries(decoders).find(([known]) => known === name)?.[1];
  if (!decode) throw new UnreadableBody("unknown compression");
  try {
    return (await decode(bytes, { maxOutputLength, chunkSize: CHUNK_BYTES })).toString();
  } catch (cause) {
    throw new UnreadableBody("broken or too large when unpacked", { cause });
  }
}
