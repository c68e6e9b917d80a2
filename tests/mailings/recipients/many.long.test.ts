import { expect, test } from "vitest";
import { removeRecipients, tagRecipients } from "@/lib/mailings/recipients/change-chosen";
import { exportRecipients } from "@/lib/mailings/recipients/export-recipients";
import { importRecipients, previewRecipients } from "@/lib/mailings/recipients/import-recipients";
import { listRecipients, tagsInSight } from "@/lib/mailings/recipients/recipient-list-queries";
import { recipientsAddress } from "@/lib/mailings/recipients/recipient-model";
import { testOffice } from "../../support/office";

const { owner, access } = await testOffice();
const { db, clock } = access;

const MANY = 100_000;

/** What a page waits for at the most, on a host that is busy with other things. */
async function soon<T>(work: () => Promise<T>, ms = 3_000): Promise<T> {
  const begun = performance.now();
  const made = await work();
  expect(performance.now() - begun).toBeLessThan(ms);
  return made;
}

test("a hundred thousand recipients are loaded, listed, tagged, downloaded and deleted", async () => {
  const lines = Array.from(
    { length: MANY },
    (_, nth) => `user${nth}@example.kz;Имя ${nth};т${nth % 7}`,
  );
  const file = new TextEncoder().encode(["Почта;Имя;Метки", ...lines].join("\n"));
  const asked = { file, tags: ["все"], update: false };
  expect(await previewRecipients(db, owner, asked)).toMatchObject({ added: MANY, findings: [] });
  expect(await importRecipients(db, owner, asked, clock())).toMatchObject({ added: MANY });
  const again = await importRecipients(db, owner, { ...asked, update: true }, clock());
  expect(again).toMatchObject({ added: 0, updated: MANY });

  for (const said of [
    {},
    { sort: "-name", page: "1999" },
    { q: "user77" },
    { tag: "т3", sort: "email" },
  ]) {
    const query = recipientsAddress.parse(said);
    const { rows } = await soon(() => listRecipients(db, owner, query));
    expect(rows.length).toBeGreaterThan(0);
  }
  expect(await soon(() => tagsInSight(db, owner))).toHaveLength(8);

  const all = { recipientIds: [], found: { q: null, tag: "все", state: null } };
  const said = { ...all, add: ["новое"], remove: ["т1"] };
  expect(await tagRecipients(db, owner, said, clock())).toEqual({ done: MANY, skipped: 0 });

  const wanted = { filter: { tag: "новое" }, format: "csv", locale: "ru", now: clock() } as const;
  const text = await new Response(await exportRecipients(db, owner, wanted)).text();
  const emails = text.match(/user\d+@example\.kz/g) ?? [];
  expect(new Set(emails).size).toBe(MANY);
  expect(await removeRecipients(db, owner, all, clock())).toBe(MANY);
});
