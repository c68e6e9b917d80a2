import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import type { Caller } from "@/lib/auth/model";
import { builtInGroups } from "@/lib/auth/permission-model";
import { findActiveUser } from "@/lib/auth/users";
import { mailings, messages } from "@/lib/db/schema/mailings";
import { recipients } from "@/lib/db/schema/recipients";
import { workspace } from "@/lib/db/schema/workspace";
import { mailingListSchema } from "@/lib/mailings/list-model";
import { listMailings } from "@/lib/mailings/list-queries";
import { changeMailing, makeMailing, removeMailing } from "@/lib/mailings/manage-mailing";
import { changeMessage } from "@/lib/mailings/messages/manage-messages";
import type { MailingGiven } from "@/lib/mailings/model";
import { rehearse } from "@/lib/mailings/rehearse";
import { exportAttempts } from "@/lib/mailings/runs/export-attempts";
import { lockMailing, type Mailing, updateMailing } from "@/lib/mailings/runs/run-queries";
import {
  cancelMailing,
  pauseMailing,
  releaseMailing,
  reopenMailing,
  resumeMailing,
  setMailingActive,
  startMailing,
} from "@/lib/mailings/send-mailing";
import { hold, waiting } from "../support/locks";
import { asNew, createdMailing, mailingsOf, mailServerOf, people } from "../support/mailings";
import { testOffice } from "../support/office";
import { memberWith } from "../support/whole-office";

const office = await testOffice();
const { db, clock } = office.access;
const server = await mailServerOf();
const access = mailingsOf(office, server.settings);

const seeing = ["view_recipient", "view_message", "view_mailing"] as const;
async function member(name: string, permissions: Parameters<typeof memberWith>[2]) {
  const caller = await findActiveUser(db, await memberWith(office, name, permissions));
  return caller ?? expect.fail(`${name} is not there`);
}
const author = await member("author", [...seeing, "edit_mailing"]);
const sender = await member("sender", [...seeing, "edit_mailing", "send_mailing"]);
const manager = await member("manager", builtInGroups.managers.permissions);
const releaser = await member("releaser", [
  ...builtInGroups.managers.permissions,
  ...(["edit_mailing", "send_mailing"] as const),
]);
const nobody = await member("nobody", []);

beforeEach(() => asNew(office));

const of = (caller: Caller, more: Partial<typeof mailings.$inferInsert> = {}) =>
  createdMailing(
    office,
    people(2).map(({ email, ...rest }) => ({ ...rest, email: `${caller.name}-${email}` })),
    { ownerId: caller.id, ...more },
  );
const givenOf = ({ messageId }: Mailing): MailingGiven => ({
  ...{ messageId, toAll: true, tags: [], recipientIds: [] },
  ...{ firstAt: null, lastAt: null, repeats: "none" },
});
const stateOf = async ({ id }: Mailing) =>
  (await db.select().from(mailings).where(eq(mailings.id, id)))[0];

type Deed = (caller: Caller, mailing: Mailing) => Promise<unknown>;
const changing: Record<string, Deed> = {
  change: (by, one) => changeMailing(db, by, { ...givenOf(one), id: one.id }, clock()),
  remove: (by, { id }) => removeMailing(db, by, id, clock()),
  switchOn: (by, { id }) => setMailingActive(db, by, { id, isActive: true }, clock()),
};
const sending: Record<string, Deed> = {
  start: (by, { id }) => startMailing(db, by, id, clock()),
  cancel: (by, { id }) => cancelMailing(db, by, id, clock()),
};
const looking: Record<string, Deed> = {
  rehearse: (by, { id }) => rehearse(access, by, id),
};
const switchOff: Deed = (by, { id }) => setMailingActive(db, by, { id, isActive: false }, clock());
const release: Deed = (by, { id }) => releaseMailing(db, by, { id, seen: clock() }, clock());
const everything = { ...changing, ...sending, ...looking, switchOff, release };

const refused = (kind: "forbidden" | "not_found", key?: string) =>
  expect.objectContaining({ kind, ...(key && { key }) });

describe("a mailing", () => {
  test.each(Object.entries(everything))(
    "is nothing for whoever may see none, and not there for whoever sees their own: %s",
    async (_name, deed) => {
      const mailing = await of(author);
      await expect(deed(nobody, mailing)).rejects.toEqual(
        refused("forbidden", "permission_missing"),
      );
      await expect(deed(sender, mailing)).rejects.toEqual(refused("not_found", "mailing_unknown"));
      expect(await stateOf(mailing)).toMatchObject(mailing);
    },
  );

  test.each(Object.entries({ ...changing, ...sending }))(
    "of somebody else is neither changed nor sent, whatever one may do with one's own: %s",
    async (_name, deed) => {
      const mailing = await of(author);
      for (const other of [manager, releaser])
        await expect(deed(other, mailing)).rejects.toEqual(refused("forbidden"));
      expect(await stateOf(mailing)).toMatchObject(mailing);
    },
  );

  test("is switched off by whoever may, and then no more than that", async () => {
    const mailing = await of(author);
    await switchOff(manager, mailing);
    expect(await stateOf(mailing)).toMatchObject({
      ...mailing,
      ...{ isActive: false, disabledBy: manager.id, updatedAt: expect.any(Date) },
    });
    await setMailingActive(db, author, { id: mailing.id, isActive: true }, clock());
    expect(await stateOf(mailing)).toMatchObject({ isActive: true, disabledBy: null });
  });

  test("that is being sent stops when a manager switches it off, and goes on only when it is on", async () => {
    const mailing = await of(sender);
    await startMailing(db, sender, mailing.id, clock());
    await switchOff(manager, mailing);
    expect(await stateOf(mailing)).toMatchObject({ status: "paused", isActive: false });
    await expect(resumeMailing(db, sender, mailing.id, clock())).rejects.toEqual(
      expect.objectContaining({ key: "mailing_off" }),
    );
    await setMailingActive(db, sender, { id: mailing.id, isActive: true }, clock());
    await resumeMailing(db, sender, mailing.id, clock());
    expect(await stateOf(mailing)).toMatchObject({ status: "running" });
  });

  test("is written by whoever may write, and sent by whoever may send", async () => {
    const mailing = await of(author);
    for (const deed of Object.values(sending))
      await expect(deed(author, mailing)).rejects.toEqual(
        refused("forbidden", "permission_missing"),
      );
    await changing.change?.(author, mailing);
    const reader = { ...sender, permissions: new Set([...seeing, "send_mailing" as const]) };
    const own = await of(reader);
    for (const deed of [changing.change, changing.remove])
      await expect(deed?.(reader, own)).rejects.toEqual(refused("forbidden", "permission_missing"));
    await expect(makeMailing(db, reader, givenOf(own), clock())).rejects.toEqual(
      refused("forbidden", "permission_missing"),
    );
    await startMailing(db, reader, own.id, clock());
    await pauseMailing(db, reader, own.id, clock());
    await cancelMailing(db, reader, own.id, clock());
    await expect(reopenMailing(db, reader, own.id, clock())).rejects.toEqual(refused("forbidden"));
  });

  test("is made of one's own letter, to one's own recipients", async () => {
    const theirs = await of(releaser);
    await expect(makeMailing(db, sender, givenOf(theirs), clock())).rejects.toEqual(
      expect.objectContaining({ key: "message_unknown" }),
    );
    const own = await of(sender);
    const id = await makeMailing(db, sender, givenOf(own), clock());
    const { count } = await rehearse(access, sender, id);
    expect(count).toBe(2);
  });

  test("is in the list of whose it is, and of whoever sees all", async () => {
    const [one, other] = [await of(author), await of(sender)];
    const seen = async (caller: Caller) =>
      (await listMailings(db, caller, mailingListSchema.parse({}))).rows
        .map(({ id }) => id)
        .sort((a, b) => a - b);
    expect(await seen(author)).toEqual([one.id]);
    expect(await seen(sender)).toEqual([other.id]);
    expect(await seen(manager)).toEqual([one.id, other.id]);
    await expect(seen(nobody)).rejects.toEqual(refused("forbidden"));
  });

  test("shows of its letter and its recipients what whoever looks sees elsewhere, too", async () => {
    const [mailing] = [await of(author)];
    await db
      .update(recipients)
      .set({ unsubscribedAt: clock() })
      .where(eq(recipients.email, "author-user1@example.kz"));
    const seen = (caller: Caller) => rehearse(access, caller, mailing.id);
    expect(await seen(author)).toMatchObject({ count: 1, letters: [{}], skippedSome: [{}] });
    expect(await seen(manager)).toMatchObject({ count: 1, letters: [{}], skippedSome: [{}] });
    const all = ["can_view_all_mailings", "can_view_all_recipients"] as const;
    const blind = { ...sender, permissions: new Set([...seeing, all[0]]) };
    expect(await seen(blind)).toMatchObject({ count: 1, letters: [], skippedSome: [] });
    const half = { ...sender, permissions: new Set([...seeing, ...all]) };
    expect(await seen(half)).toMatchObject({ count: 1, letters: [], skippedSome: [{}] });
  });

  test("gives its letters as a file to whoever sees it", async () => {
    const mailing = await of(sender);
    await startMailing(db, sender, mailing.id, clock());
    const asked = { format: "csv" } as const;
    const file = (caller: Caller) =>
      exportAttempts(db, caller, { mailingId: mailing.id, asked, locale: "ru", now: clock() });
    expect(await new Response(await file(manager)).text()).toContain("sender-user1@example.kz");
    await expect(file(author)).rejects.toEqual(refused("not_found"));
    await expect(file(nobody)).rejects.toEqual(refused("forbidden"));
  });
});

describe("where a second person must release a run", () => {
  beforeEach(() => db.update(workspace).set({ mailingsWantApproval: true }));
  const start = (mailing: Mailing) => startMailing(db, sender, mailing.id, clock());
  const unreleased = expect.objectContaining({ kind: "conflict", key: "mailing_unreleased" });

  test("it is somebody else who may send, and not its owner", async () => {
    const mailing = await of(sender);
    await expect(start(mailing)).rejects.toEqual(unreleased);
    await expect(release(sender, mailing)).rejects.toEqual(
      refused("forbidden", "mailing_own_release"),
    );
    await expect(release(manager, mailing)).rejects.toEqual(
      refused("forbidden", "permission_missing"),
    );
    await release(releaser, mailing);
    expect(await start(mailing)).toMatchObject({ number: 1 });
  });

  test("a release is for one run", async () => {
    const mailing = await of(sender);
    await release(releaser, mailing);
    await start(mailing);
    await cancelMailing(db, sender, mailing.id, clock());
    await reopenMailing(db, sender, mailing.id, clock());
    await expect(start(mailing)).rejects.toEqual(unreleased);
  });

  test.each([
    ["the mailing", (one: Mailing) => changing.change?.(sender, one)],
    ["its letter", (one: Mailing) => changeMessage(db, sender, another(one), clock())],
  ])("it is void when %s is changed", async (_what, change) => {
    const mailing = await of(sender);
    await release(releaser, mailing);
    await change(mailing);
    expect(await stateOf(mailing)).toMatchObject({ approvedAt: null, approvedBy: null });
    await expect(start(mailing)).rejects.toEqual(unreleased);
  });

  test.each([
    ["the mailing", (one: Mailing) => changing.change?.(sender, one)],
    ["its letter", (one: Mailing) => changeMessage(db, sender, another(one), clock())],
  ])("nobody releases what they have not seen: %s was changed meanwhile", async (_what, change) => {
    const mailing = await of(sender);
    const seen = clock();
    office.twin.advance({ ms: 1_000 });
    await change(mailing);
    const early = releaseMailing(db, releaser, { id: mailing.id, seen }, clock());
    await expect(early).rejects.toEqual(
      expect.objectContaining({ kind: "conflict", key: "mailing_changed" }),
    );
    await release(releaser, mailing);
    expect(await start(mailing)).toMatchObject({ number: 1 });
  });

  test("a release and a change of the letter wait for each other", async () => {
    const mailing = await of(sender);
    const held = await hold(db, (tx) => lockMailing(tx, mailing.id));
    const changed = changeMessage(db, sender, another(mailing), clock());
    await waiting(db, 1);
    await held.also((tx) =>
      updateMailing(tx, mailing.id, { approvedAt: clock(), approvedBy: releaser.id }),
    );
    await held.release();
    await changed;
    expect(await stateOf(mailing)).toMatchObject({ approvedAt: null, approvedBy: null });
  });

  test("a letter that may not be changed keeps the release of its mailing", async () => {
    const mailing = await of(sender);
    await release(releaser, mailing);
    await expect(changeMessage(db, author, another(mailing), clock())).rejects.toEqual(
      refused("not_found"),
    );
    expect(await stateOf(mailing)).toMatchObject({ approvedBy: releaser.id });
    expect(await db.$count(messages)).toBe(1);
  });
});

const another = ({ messageId }: Mailing) => ({
  ...{ messageId, subject: "Другое", bodyText: "Другие слова", bodyHtml: "" },
});
