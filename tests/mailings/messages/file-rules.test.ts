import fc from "fast-check";
import { expect, test } from "vitest";
import { cleanFileName, safeFileType } from "@/lib/mailings/messages/file-rules";

test.each([
  ["прайс.xlsx", "прайс.xlsx"],
  ["C:\\Users\\me\\прайс.xlsx", "прайс.xlsx"],
  ["../../etc/passwd", "passwd"],
  ["  два   слова .pdf ", "два слова .pdf"],
  ["a\r\nBcc: all@example.kz.txt", "aBcc_ all@example.kz.txt"],
  ["счёт\u202Efdp.exe", "счётfdp.exe"],
  ['a"b<c>.txt', "a_b_c_.txt"],
  ["...", "file"],
  ["", "file"],
])("%j is called %j", (given, name) => {
  expect(cleanFileName(given)).toBe(name);
});

test("a long name is cut before its ending", () => {
  const name = cleanFileName(`${"д".repeat(1_000_000)}.pdf`);
  expect([...name]).toHaveLength(120);
  expect(name.endsWith("д.pdf")).toBe(true);
});

test("no name ends a header, leaves its folder or is empty", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), (given) => {
      const name = cleanFileName(given);
      expect(name).not.toMatch(/[\p{C}\p{Zl}\p{Zp}/\\<>:"|?*]/u);
      expect([...name].length).toBeGreaterThan(0);
      expect([...name].length).toBeLessThanOrEqual(120);
      expect(["", ".", ".."]).not.toContain(name);
    }),
  );
});

test.each([
  ["application/pdf", "application/pdf"],
  ["Text/Plain; charset=utf-8", "text/plain"],
  ["", "application/octet-stream"],
  ["nonsense", "application/octet-stream"],
  ["text/plain\r\nX: y", "application/octet-stream"],
  ["multipart/mixed", "application/octet-stream"],
  ["message/rfc822", "application/octet-stream"],
])("%j goes as %j", (given, type) => {
  expect(safeFileType(given)).toBe(type);
});
