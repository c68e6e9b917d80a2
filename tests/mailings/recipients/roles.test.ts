import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import type { Caller } from "@/lib/auth/model";
import { recipients } from "@/lib/db/schema/recipients";
import { removeRecipients, tagRecipients } from "@/lib/mailings/recipients/change-chosen";
import { exportRecipients } from "@/lib/mailings/recipients/export-recipients";
import { importRecipients, previewRecipients } from "@/lib/mailings/recipients/import-recipients";
import {
  addRecipient,
  changeRecipient,
  writeAgain,
} from "@/lib/mailings/recipients/manage-recipients";
import {
  listRecipients,
  recipientOwners,
  tagsInSight,
} from "@/lib/mailings/recipients/recipient-list-queries";
import { recipientsAddress } from "@/lib/mailings/recipients/recipient-model";
import { testOffice } from "../../support/office";
import { alsoMay } from "../../support/person";
import { asManager, asWriter, recipientsOf, somebody } from "../../support/recipients";

const office = await testOffice();
const { owner, stranger } = office;
const { db, clock } = office.access;
const writer = asWriter(stranger);
const manager = asManager(stranger);

let owners = "";
let writers = "";
beforeEach(async () => {
  await db.delete(recipients);
  owners = await addRecipient(db, owner, somebody("a@example.kz", { tags: ["опт"] }), clock());
  writers = await addRecipient(db, writer, somebody("b@example.kz", { tags: ["свои"] }), clock());
});

const query = recipientsAddress.parse({});
const seenBy = async (caller: Caller) =>
  (await listRecipients(db, caller, query)).rows.map(({ email }) => email).sort();
const asFile = async (caller: Caller) => {
  const asked = { filter: {}, format: "csv", locale: "ru", now: clock() } as const;
  return new Response(await exportRecipients(db, caller, asked)).text();
};
const table = {
  file: new TextEncoder().encode("Почта\nnew@example.kz"),
  tags: [],
  update: false,
};
const only = (...recipientIds: string[]) => ({ recipientIds, found: null });
const all = { recipientIds: [], found: { q: null, tag: null, state: null } };

/** Everything that is done to one's own recipients. */
const deeds = (caller: Caller, id: string): [string, () => Promise<unknown>][] => [
  ["changes", () => changeRecipient(db, caller, { ...somebody("c@example.kz"), id }, clock())],
  ["writes again", () => writeAgain(db, caller, id, clock())],
  ["tags", () => tagRecipients(db, caller, { ...only(id), add: ["x"], remove: [] }, clock())],
  ["deletes", () => removeRecipients(db, caller, only(id), clock())],
];

describe("looking", () => {
  test("one sees one's own, and whoever may see all sees all with whose they are", async () => {
    expect(await seenBy(writer)).toEqual(["b@example.kz"]);
    expect(await tagsInSight(db, writer)).toEqual(["свои"]);
    expect(await recipientOwners(db, writer)).toHaveLength(1);
    expect(await asFile(writer)).not.toContain("a@example.kz");
    for (const everybody of [manager, owner]) {
      expect(await seenBy(everybody)).toEqual(["a@example.kz", "b@example.kz"]);
      expect(await tagsInSight(db, everybody)).toEqual(["опт", "свои"]);
      expect(await recipientOwners(db, everybody)).toHaveLength(2);
    }
    const file = await asFile(manager);
    expect(file).toContain("a@example.kz");
    expect(file).toContain(owner.name);
  });

  test("nobody asks for somebody else's by their owner", async () => {
    const { rows, total } = await listRecipients(db, writer, { ...query, owner: owner.id });
    expect({ rows, total }).toEqual({ rows: [], total: 0 });
  });

  test("without the right there is nothing to see", async () => {
    const seller = stranger;
    for (const look of [
      () => listRecipients(db, seller, query),
      () => tagsInSight(db, seller),
      () => asFile(seller),
    ])
      await expect((async () => look())()).rejects.toMatchObject({ kind: "forbidden" });
  });
});

describe("changing", () => {
  test("somebody else's does not exist for whoever cannot see it", async () => {
    for (const [deed, work] of deeds(writer, owners))
      await expect(work(), deed).rejects.toMatchObject({ kind: "not_found" });
  });

  test("somebody else's is only looked at by whoever sees all, even an owner of the office", async () => {
    const both = alsoMay(writer, "can_view_all_recipients");
    for (const [deed, work] of [...deeds(both, owners), ...deeds(owner, writers)])
      await expect(work(), deed).rejects.toMatchObject({ kind: "forbidden" });
    expect(await recipientsOf(db, owner)).toMatchObject([{ email: "a@example.kz", tags: ["опт"] }]);
    expect(await recipientsOf(db, writer)).toMatchObject([
      { email: "b@example.kz", tags: ["свои"] },
    ]);
  });

  test("nobody without the right to edit changes even their own", async () => {
    const looker = alsoMay(stranger, "view_recipient");
    for (const caller of [looker, manager, stranger]) {
      for (const [deed, work] of [
        ...deeds(caller, writers),
        ["adds", () => addRecipient(db, caller, somebody("n@example.kz"), clock())] as const,
        ["looks at a table", () => previewRecipients(db, caller, table)] as const,
        ["loads a table", () => importRecipients(db, caller, table, clock())] as const,
        ["deletes all", () => removeRecipients(db, caller, all, clock())] as const,
      ])
        await expect(
          (async () => work())(),
          `${deed} with ${caller.permissions.size}`,
        ).rejects.toMatchObject({ kind: "forbidden" });
    }
    expect(await recipientsOf(db, writer)).toMatchObject([{ email: "b@example.kz" }]);
  });

  test("all that is found means one's own, whatever one sees", async () => {
    await tagRecipients(db, owner, { ...all, add: ["новое"], remove: [] }, clock());
    expect(await recipientsOf(db, writer)).toMatchObject([{ tags: ["свои"] }]);
    expect(await removeRecipients(db, owner, all, clock())).toBe(1);
    expect(await recipientsOf(db, writer)).toHaveLength(1);
    expect(await recipientsOf(db, owner)).toEqual([]);
  });

  test("one of many that is not one's own leaves all as they are", async () => {
    for (const id of [owners, randomUUID()])
      await expect(removeRecipients(db, writer, only(writers, id), clock())).rejects.toMatchObject({
        kind: "not_found",
      });
    expect(await recipientsOf(db, writer)).toHaveLength(1);
  });
});
