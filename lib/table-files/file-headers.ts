import { type FileFormat, fileTypes } from "./format-model";

/** Of an answer that is a file, called by what it is about and its day. */
export const fileHeaders = (about: string, format: FileFormat, now: Date) => ({
  "content-type": fileTypes[format],
  "content-disposition": `attachment; filename="duken-${about}-${now.toISOString().slice(0, 10)}.${format}"`,
  "cache-control": "no-store, no-transform",
});
