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

/** The whole body as text; the limit holds for the bytes received and again once unpacked. */
export async function readBody(
  stream: AsyncIterable<Buffer>,
  encoding: string | string[] | undefined,
  maxBytes: number,
): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    size += chunk.length;
    if (size > maxBytes) throw new UnreadableBody(`more than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  return (await unpack(Buffer.concat(chunks, size), String(encoding ?? ""), maxBytes)).toString();
}

async function unpack(bytes: Buffer, encoding: string, maxOutputLength: number): Promise<Buffer> {
  const name = encoding.trim().toLowerCase();
  if (bytes.length === 0 || name === "" || name === "identity") return bytes;
  const decode = Object.entries(decoders).find(([known]) => known === name)?.[1];
  if (!decode) throw new UnreadableBody("unknown compression");
  try {
    return await decode(bytes, { maxOutputLength, chunkSize: CHUNK_BYTES });
  } catch (cause) {
    throw new UnreadableBody("broken or too large when unpacked", { cause });
  }
}
