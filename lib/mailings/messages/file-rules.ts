const LONGEST_NAME = 120;
const LONGEST_ENDING = 16;
const unknownType = "application/octet-stream";

/**
 * The name of a file as a letter may carry it: without a way to it, without what ends a header, turns the reading
 * direction, or is refused by the systems it may be saved on.
 */
export function cleanFileName(given: string): string {
  const name = (given.split(/[\\/]/).at(-1) ?? "")
    .normalize("NFC")
    .replace(/[\p{C}\p{Zl}\p{Zp}]/gu, "")
    .replace(/[<>:"|?*]/g, "_")
    .replace(/\s+/gu, " ")
    .replace(/^[. ]+|[. ]+$/g, "");
  if (name === "") return "file";
  const signs = [...name];
  if (signs.length <= LONGEST_NAME) return name;
  const dot = name.lastIndexOf(".");
  const ending = dot > 0 && name.length - dot <= LONGEST_ENDING ? name.slice(dot) : "";
  return `${signs.slice(0, LONGEST_NAME - [...ending].length).join("")}${ending}`;
}

/** What a browser says a file is. A letter within a letter, or one of several parts, is a file like any. */
export function safeFileType(given: string): string {
  const [type = ""] = given.toLowerCase().split(";");
  const isNamed = /^[a-z0-9][\w.+-]{0,60}\/[a-z0-9][\w.+-]{0,90}$/.test(type.trim());
  return isNamed && !/^(multipart|message)\//.test(type.trim()) ? type.trim() : unknownType;
}
