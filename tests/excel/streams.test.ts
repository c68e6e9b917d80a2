import { setTimeout } from "node:timers/promises";
import Excel from "exceljs";
import { describe, expect, it } from "vitest";
import { csvStream } from "@/lib/excel/csv";
import type { Sheet } from "@/lib/excel/sheet-model";
import { xlsxStream } from "@/lib/excel/workbook";

type Row = { name: string; price: number; at: Date };
const at = new Date("2026-11-21T20:00:07Z");

type Watched = { onPulled?(): void; onEnd?(): void };

function sheetOf(batches: number, { onPulled, onEnd }: Watched = {}): Sheet<Row> {
  async function* rows() {
    try {
      for (let batch = 0; batch < batches; batch += 1) {
        onPulled?.();
        yield Array.from({ length: 1_000 }, (_, nth) => ({
          name: `=Товар ${batch} ${nth} ${Math.sin(batch * 1_000 + nth)}`,
          price: 1_000 - nth,
          at,
        }));
      }
    } finally {
      onEnd?.();
    }
  }
  return {
    name: "Лист",
    columns: [
      { header: "Товар", width: 40, value: ({ name }) => name },
      { header: "Цена", width: 12, value: ({ price }) => price },
      { header: "Когда", width: 20, value: ({ at: moment }) => moment },
    ],
    rows: rows(),
    footnote: () => "Это не всё",
    timeZone: "Asia/Almaty",
  };
}

const formats = {
  xlsx: xlsxStream,
  csv: (sheet: Sheet<Row>) => csvStream(sheet, ";"),
};

/** One that runs away is still running when it is looked at again. */
async function standsStill(count: () => number): Promise<void> {
  for (let last = -1; last !== count(); await setTimeout(100)) last = count();
}

describe.each(Object.entries(formats))("a sheet sent as %s", (_, stream) => {
  it("does not read ahead of whoever is being sent it", async () => {
    let pulled = 0;
    const onPulled = () => {
      pulled += 1;
    };
    const reader = stream(sheetOf(1_000, { onPulled })).getReader();
    await reader.read();
    await standsStill(() => pulled);
    // What the stations on the way hold, of a thousand.
    expect(pulled).toBeLessThan(100);
    await reader.cancel();
  });

  it("may be left before its first byte has gone, and nothing breaks", async () => {
    const begin = async () => {
      await setTimeout(1);
      return stream(sheetOf(1));
    };
    // What breaks is nobody's to catch: the run of the tests fails by it.
    const streams = await Promise.all(Array.from({ length: 5 }, begin));
    await Promise.all(streams.map((one) => one.cancel()));
    const left = await begin();
    await left.cancel();
    await setTimeout(50);
  });

  it("lets go of its rows when nobody wants it any more", async () => {
    let pulled = 0;
    const onPulled = () => {
      pulled += 1;
    };
    let reader: ReadableStreamDefaultReader | undefined;
    await new Promise<void>((onEnd) => {
      reader = stream(sheetOf(1_000, { onPulled, onEnd })).getReader();
      const readTwice = reader.read().then(() => reader?.read());
      void readTwice.then(() => reader?.cancel());
    });
    expect(pulled).toBeLessThan(100);
  });

  it.each([0, 1])("breaks off when its rows cannot be read after %d batches", async (batches) => {
    async function* broken(): AsyncGenerator<Row[]> {
      for (let batch = 0; batch < batches; batch += 1) yield [{ name: "a", price: 1, at }];
      throw new Error("Postgres is away");
    }
    const sent = new Response(stream({ ...sheetOf(0), rows: broken() }));
    await expect(sent.arrayBuffer()).rejects.toThrow("Postgres is away");
  });
});

describe("a spreadsheet", () => {
  it("holds texts as texts, numbers as numbers and times by the wall clock", async () => {
    const sent = await new Response(xlsxStream(sheetOf(2))).arrayBuffer();
    const workbook = new Excel.Workbook();
    await workbook.xlsx.load(sent);
    const [page] = workbook.worksheets;
    expect(page?.name).toBe("Лист");
    expect(page?.rowCount).toBe(2_002);
    const [, name, price, moment] = (page?.getRow(2).values as unknown[]) ?? [];
    expect(name).toMatch(/^=Товар 0 0/);
    expect(page?.getCell("A2").type).not.toBe(Excel.ValueType.Formula);
    expect(price).toBe(1_000);
    expect(moment).toEqual(new Date("2026-11-22T01:00:07Z"));
    expect(page?.getCell("A2002").value).toBe("Это не всё");
  });
});
