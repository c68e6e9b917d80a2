import { readRows } from "@/lib/excel/read-rows";

/** In a process with little memory: tells how a text of nothing but line breaks is read. */
const [bytes = "0", mark = "\n"] = process.argv.slice(2);
const file = new Uint8Array(Number(bytes)).fill(mark.charCodeAt(0));
const answer = await readRows(file).catch((error: Error) => error.message);
process.stdout.write(`answer ${JSON.stringify(answer)}\n`);
