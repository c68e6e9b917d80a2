import { describe, expect, it } from "vitest";
import { csvStream } from "@/lib/excel/csv";
import type { CellValue } from "@/lib/excel/sheet-model";

async function* batches(...rows: CellValue[][]) {
  for (const row of rows) yield [row];
}

const textOf = async (rows: CellValue[][], separator: ";" | "," = ";") => {
  const columns = ["a", "b"].map((header, nth) => ({
    header,
    width: 10,
    value: (row: CellValue[]) => row[nth] ?? null,
  }));
  const sheet = { name: "s", columns, rows: batches(...rows), timeZone: "Asia/Almaty" };
  const bytes = new Uint8Array(await new Response(csvStream(sheet, separator)).arrayBuffer());
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  return new TextDecoder().decode(bytes);
};

describe("a sheet as plain text", () => {
  it("begins with the mark by which Excel knows UTF-8, and ends its lines as Windows does", async () => {
    expect(await textOf([["Чайник", 990]])).toBe('"a";"b"\r\n"Чайник";990\r\n');
  });

  it("keeps quotes, separators and new lines inside their cell", async () => {
    expect(await textOf([['19" экран; чёрный', "две\nстроки"]])).toBe(
      '"a";"b"\r\n"19"" экран; чёрный";"две\nстроки"\r\n',
    );
    expect(await textOf([["a,b", null]], ",")).toBe('"a","b"\r\n"a,b",\r\n');
  });

  it.each(['=HYPERLINK("x")', "+7 701", "-5 скидка", "@SUM(A1)", "\t=1", "\r=1", "  =1+1"])(
    "does not let Excel carry out %j",
    async (text) => {
      const [, line = ""] = (await textOf([[text, null]])).split('"b"\r\n');
      expect(line.startsWith(`"'${text.replaceAll('"', '""')}"`)).toBe(true);
    },
  );

  it("leaves a negative number a number", async () => {
    expect(await textOf([[-110, -9.5]])).toContain("-110;-9,5");
  });

  it("writes a time by the clock of the workspace", async () => {
    expect(await textOf([[new Date("2026-11-21T20:00:07Z"), null]])).toContain(
      "2026-11-22 01:00:07;",
    );
  });
});
