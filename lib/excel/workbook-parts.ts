import { SaxesParser } from "saxes";
import { AppError } from "@/lib/core/errors";
import { keptOf, MOST_TEXTS } from "./sheet-model";

/** What a tag says of itself, and by what name it is known whatever its prefix. */
export type Tag = {
  name: string;
  is: (attribute: string) => string | undefined;
  /** In the file, from 1 on. */
  line: number;
};
export type XmlHandlers = {
  open?: (tag: Tag) => void;
  text?: (text: string) => void;
  close?: (name: string) => void;
};

const CHUNK = 1_000_000;
/** No table has more: they are remembered for as long as a tag is open. */
const MOST_ATTRIBUTES = 200;
const DEEPEST = 100;

/**
 * Reads XML piece by piece and lets others have their turn in between. Throws a RangeError
 * for what is none, for a document type, and for tags such as no program writes.
 */
export async function readXml(xml: Uint8Array, handlers: XmlHandlers): Promise<void> {
  const { open, text, close } = handlers;
  const parser = new SaxesParser();
  parser.on("error", ({ message }) => {
    throw new RangeError(message);
  });
  // What is declared there may mean anything, and no table of ours needs it.
  parser.on("doctype", () => {
    throw new RangeError("a document type");
  });
  let attributesRead = 0;
  let depth = 0;
  parser.on("attribute", () => {
    attributesRead += 1;
    if (attributesRead > MOST_ATTRIBUTES) throw new RangeError("a tag with too many attributes");
  });
  parser.on("opentag", ({ name, attributes }) => {
    attributesRead = 0;
    depth += 1;
    if (depth > DEEPEST) throw new RangeError("tags in too many tags");
    open?.({ name: plain(name), is: (attribute) => attributes[attribute], line: parser.line });
  });
  if (text) parser.on("text", text);
  parser.on("closetag", ({ name }) => {
    depth -= 1;
    close?.(plain(name));
  });
  const decoder = new TextDecoder();
  for (let from = 0; from < xml.byteLength; from += CHUNK) {
    parser.write(decoder.decode(xml.subarray(from, from + CHUNK), { stream: true }));
    await new Promise((resolve) => setImmediate(resolve));
  }
  parser.close();
}

const plain = (name: string) => name.slice(name.indexOf(":") + 1);

/**
 * The texts that cells refer to by number. Hints of how to pronounce them are not said. Throws `invalid`
 * for more of them than a table can have.
 */
export async function readSharedTexts(xml: Uint8Array): Promise<string[]> {
  const texts: string[] = [];
  let current = "";
  let isText = false;
  let isHint = false;
  await readXml(xml, {
    open: ({ name }) => {
      if (name === "si") current = "";
      if (name === "rPh") isHint = true;
      isText = name === "t" && !isHint;
    },
    text: (text) => {
      if (isText) current += text;
    },
    close: (name) => {
      if (name === "t") isText = false;
      if (name === "rPh") isHint = false;
      if (name !== "si") return;
      if (texts.length >= MOST_TEXTS) throw new AppError("invalid", "sheet_too_large");
      texts.push(keptOf(current.trim()));
    },
  });
  return texts;
}

/** Excel takes no longer code of a format. */
const LONGEST_FORMAT = 255;

/** How the numbers of a style are shown, as far as it changes what they mean. */
export type Look = "number" | "percent" | "date";

/** The look of each style that cells refer to by number. */
export async function readLooks(xml: Uint8Array): Promise<Look[]> {
  const formats = new Map<string, string>();
  const looks: Look[] = [];
  let isCell = false;
  await readXml(xml, {
    open: ({ name, is }) => {
      if (name === "numFmt")
        formats.set(is("numFmtId") ?? "", (is("formatCode") ?? "").slice(0, LONGEST_FORMAT));
      if (name === "cellXfs") isCell = true;
      const format = is("numFmtId") ?? "0";
      if (name === "xf" && isCell) looks.push(lookOf(Number(format), formats.get(format)));
    },
    close: (name) => {
      if (name === "cellXfs") isCell = false;
    },
  });
  return looks;
}

/** By the format's number, or by its code where the workbook has its own. */
function lookOf(id: number, code: string | undefined): Look {
  if (code === undefined) {
    if (id === 9 || id === 10) return "percent";
    const isDate = [
      [14, 22],
      [27, 36],
      [45, 47],
      [50, 58],
    ].some(([from = 0, to = 0]) => from <= id && id <= to);
    return isDate ? "date" : "number";
  }
  const meant = code.replace(/"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]/gi, "");
  if (meant.includes("%")) return "percent";
  return /[ymdhs]/i.test(meant) && !/general/i.test(meant) ? "date" : "number";
}

/** Where the first sheet that is not hidden is kept; null: there is none. */
export async function firstSheetPath(
  workbook: Uint8Array,
  relations: Uint8Array,
): Promise<string | null> {
  const sheets: { id: string | undefined; isHidden: boolean }[] = [];
  const targets = new Map<string | undefined, string>();
  await readXml(workbook, {
    open: ({ name, is }) => {
      if (name !== "sheet") return;
      sheets.push({ id: is("r:id"), isHidden: (is("state") ?? "visible") !== "visible" });
    },
  });
  await readXml(relations, {
    open: ({ name, is }) => {
      if (name === "Relationship") targets.set(is("Id"), is("Target") ?? "");
    },
  });
  const sheet = sheets.find(({ isHidden }) => !isHidden) ?? sheets[0];
  const target = sheet && targets.get(sheet.id);
  if (!target) return null;
  return target.startsWith("/") ? target.slice(1) : `xl/${target}`;
}
