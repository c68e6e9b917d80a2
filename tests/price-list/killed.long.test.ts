import { beforeAll, expect, test } from "vitest";
import { MINUTE, SECOND, sleep } from "@/lib/core/time";
import { priceListUploads } from "@/lib/db/schema/price-lists";
import { runs } from "@/lib/db/schema/workspace";
import { requestUpload } from "@/lib/price-list/upload-list";
import { type MortalOffice, mortalOffice } from "../support/mortal-office";
import { seeded, whole } from "../support/random-market";

const KILLS = 10;
const SEED = Number(process.env.SEED ?? Date.now() % 100_000);

let office: MortalOffice;
beforeAll(async () => {
  office = await mortalOffice();
});

test(
  `killed -9 at ${KILLS} moments of sending files: every one has an end, none leaves twice (seed ${SEED})`,
  async () => {
    const { access, owner, storeId, twin } = office;
    const { db, clock } = access;
    const random = seeded(SEED);
    for (let nth = 0; nth < KILLS; nth += 1) {
      await requestUpload(db, owner, storeId, clock());
      const worker = office.startWorker();
      await worker.line((line) => line === "working");
      const enough = office.asked() + whole(random, 1, 6);
      for (const end = Date.now() + 3 * SECOND; office.asked() < enough && Date.now() < end; )
        await sleep(2);
      await sleep(random() * 60);
      worker.kill("SIGKILL");
      expect(await worker.ended).toBe("SIGKILL");
    }
    const survivor = office.startWorker();
    await survivor.line((line) => line === "working");
    await requestUpload(db, owner, storeId, clock());
    for (const end = Date.now() + 10 * MINUTE; Date.now() < end; await sleep(SECOND))
      if ((await open()).length === 0) break;
    survivor.kill("SIGTERM");
    await survivor.ended;
    expect(await open()).toEqual([]);
    const uploads = await db.select().from(priceListUploads);
    const files = twin.priceLists().map(({ id }) => id);
    const followed = uploads.flatMap(({ fileId }) => (fileId === null ? [] : [fileId]));
    expect(new Set(followed).size).toBe(followed.length);
    for (const { state, fileId } of uploads) if (state === "done") expect(files).toContain(fileId);
    expect(uploads.some(({ state }) => state === "done")).toBe(true);
    expect(files.length).toBeLessThanOrEqual(uploads.length);
  },
  20 * MINUTE,
);

/** Uploads without an end, by their own word or by that of their run. */
async function open(): Promise<string[]> {
  const { db } = office.access;
  const uploads = await db.select().from(priceListUploads);
  const ended = new Set(
    (await db.select().from(runs)).filter(({ finishedAt }) => finishedAt).map(({ id }) => id),
  );
  return uploads
    .filter(({ id, state }) => !["done", "failed"].includes(state) || !ended.has(id))
    .map(({ id }) => id);
}
