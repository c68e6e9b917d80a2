import { promisify } from "node:util";
import { inflateRaw } from "node:zlib";

const inflate = promisify(inflateRaw);

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 65_535;

const STORED = 0;
const DEFLATED = 8;

/** The files of an archive by name, each unpacked when it is asked for, up to so many bytes. */
export type Archive = {
  has: (name: string) => boolean;
  read: (name: string, most?: number) => Promise<Buffer | null>;
};

/**
 * Opens a zip archive that is held in memory. What an archive says of its sizes is not believed: no more
 * than `most` bytes are unpacked all in all, then reading throws zlib's `ERR_BUFFER_TOO_LARGE`. Throws
 * for what is no archive.
 */
export function openArchive(file: Uint8Array, most: number): Archive {
  const zip = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  const entries = entriesOf(zip);
  let left = most;
  return {
    has: (name) => entries.has(name),
    read: async (name, mostOfIt = left) => {
      const entry = entries.get(name);
      if (!entry) return null;
      const unpacked = await unpack(zip, entry, Math.min(left, mostOfIt));
      left -= unpacked.byteLength;
      return unpacked;
    },
  };
}

type Entry = { method: number; packed: number; at: number };

function entriesOf(zip: Buffer): Map<string, Entry> {
  const end = endOf(zip);
  const entries = new Map<string, Entry>();
  let at = zip.readUInt32LE(end + 16);
  for (let nth = zip.readUInt16LE(end + 10); nth > 0; nth -= 1) {
    if (zip.readUInt32LE(at) !== ENTRY) throw new RangeError("no entry of an archive");
    const named = zip.readUInt16LE(at + 28);
    const name = zip.toString("utf8", at + 46, at + 46 + named).replace(/^\//, "");
    const place = { packed: zip.readUInt32LE(at + 20), at: zip.readUInt32LE(at + 42) };
    entries.set(name, { method: zip.readUInt16LE(at + 10), ...place });
    at += 46 + named + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}

/** Where the list of entries is told of: the last thing in the archive but a comment. */
function endOf(zip: Buffer): number {
  const first = Math.max(0, zip.byteLength - END_BYTES - LONGEST_COMMENT);
  for (let at = zip.byteLength - END_BYTES; at >= first; at -= 1)
    if (zip.readUInt32LE(at) === END) return at;
  throw new RangeError("no archive");
}

/** As zlib says it. */
const tooLarge = { code: "ERR_BUFFER_TOO_LARGE" };

async function unpack(zip: Buffer, { method, packed, at }: Entry, most: number): Promise<Buffer> {
  const begin = at + 30 + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28);
  const data = zip.subarray(begin, begin + packed);
  if (method === STORED && data.byteLength <= most) return data;
  if (method === STORED) throw Object.assign(new RangeError("a part larger than"), tooLarge);
  if (method !== DEFLATED) throw new RangeError("an archive packed in a way nobody knows");
  // Zlib takes zero for "as much as there is".
  return inflate(data, { maxOutputLength: Math.max(1, most) });
}
