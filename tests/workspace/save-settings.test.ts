import { beforeEach, describe, expect, test } from "vitest";
import { later, MINUTE } from "@/lib/core/time";
import { stores } from "@/lib/db/schema/kaspi";
import { auditLog } from "@/lib/db/schema/workspace";
import { mailSchema, paceSchema, scheduleSchema } from "@/lib/workspace/model";
import { getWorkspace } from "@/lib/workspace/queries";
import { saveSettings } from "@/lib/workspace/save-settings";
import { testOffice } from "../support/office";
import { connectedStore, syncNow } from "../support/stores";

const office = await testOffice();
const { access, owner, stranger, database } = office;
const { db } = access;
const now = () => access.clock();

beforeEach(async () => {
  await database.sql`truncate stores, kaspi_accounts, runs, audit_log cascade`;
});

describe("settings of the installation", () => {
  test("are changed by owners, with what was before", async () => {
    const { timeZone } = await getWorkspace(db);
    await saveSettings(db, owner, { timeZone: "Asia/Aqtau", writesPerWindow: 250 }, now());
    expect((await getWorkspace(db)).timeZone).toBe("Asia/Aqtau");
    const [entry] = await db.select().from(auditLog);
    expect(entry).toMatchObject({
      userId: owner.id,
      action: "workspace.changed",
      details: { from: { timeZone }, to: { timeZone: "Asia/Aqtau" } },
    });
    expect(Object.keys(entry?.details.to ?? {})).toEqual(["timeZone"]);
  });

  test("that are saved as they are leave no trace", async () => {
    const { syncEveryMinutes } = await getWorkspace(db);
    await saveSettings(db, owner, { syncEveryMinutes }, now());
    expect(await db.$count(auditLog)).toBe(0);
  });

  test.each(["AET", "ACT", "CST"])(
    "do not take %s, which Postgres knows not or otherwise",
    async (timeZone) => {
      await expect(saveSettings(db, owner, { timeZone }, now())).rejects.toMatchObject({
        kind: "invalid",
        details: [{ path: "timeZone", message: "time_zone" }],
      });
    },
  );

  test("are not a member's to change", async () => {
    await expect(saveSettings(db, stranger, { writesPerSecond: 3 }, now())).rejects.toMatchObject({
      kind: "forbidden",
    });
  });

  test("bring the next sync of every store to the new interval", async () => {
    const { storeId } = await connectedStore(office);
    await syncNow(office, storeId);
    await saveSettings(db, owner, { syncEveryMinutes: 60 }, now());
    const [store] = await db.select().from(stores);
    expect(store?.nextSyncAt).toEqual(later(store?.lastSyncAt ?? now(), 60 * MINUTE));
  });
});

describe("what is typed", () => {
  const pace = {
    writesPerSecond: "1,5",
    writesPerWindow: "250",
    writeWindowMinutes: "30",
    cabinetReadsPerSecond: "5",
  };
  const faults = (over: Partial<typeof pace>) => {
    const result = paceSchema.safeParse({ ...pace, ...over });
    return result.success ? [] : result.error.issues.map(({ message }) => message);
  };

  test("is read as people write numbers", () => {
    expect(paceSchema.parse({ ...pace, writesPerWindow: "1 000" })).toEqual({
      writesPerSecond: 1.5,
      writesPerWindow: 1000,
      writeWindowMinutes: 30,
      cabinetReadsPerSecond: 5,
    });
  });

  test("never allows more writes than Kaspi bears", () => {
    expect(faults({ writesPerSecond: "2" })).toEqual([]);
    for (const writesPerSecond of ["2,01", "3", "0", "", "много", "1e2"])
      expect(faults({ writesPerSecond })).toEqual(["writes_pace"]);
    expect(faults({ writesPerWindow: "2,5" })).toEqual(["writes_budget"]);
  });

  test.each([
    ["Asia/Almaty", true],
    ["Europe/Berlin", true],
    ["UTC", true],
    ["Almaty", false],
    ["+05:00", false],
    ["", false],
  ])("%s as a zone: %s", (timeZone, isRight) => {
    const schedule = { timeZone, syncEveryMinutes: "360", sessionCheckEveryMinutes: "30" };
    expect(scheduleSchema.safeParse(schedule).success).toBe(isRight);
  });
});

describe("the settings of mail", () => {
  const mail = {
    ...{ lettersPerMinute: "60", lettersPerHour: "1 000", failuresToPause: "10" },
    mailingsWantApproval: true,
  };

  test("are typed as numbers and kept for every mailing", async () => {
    await saveSettings(db, owner, mailSchema.parse(mail), now());
    expect(await getWorkspace(db)).toMatchObject({
      ...{ lettersPerMinute: 60, lettersPerHour: 1_000, failuresToPause: 10 },
      mailingsWantApproval: true,
    });
    await expect(
      saveSettings(db, stranger, { mailingsWantApproval: false }, now()),
    ).rejects.toMatchObject({ kind: "forbidden" });
  });

  test.each([
    ["lettersPerMinute", "0", "letters_a_minute"],
    ["lettersPerMinute", "10001", "letters_a_minute"],
    ["lettersPerHour", "1,5", "letters_an_hour"],
    ["failuresToPause", "101", "failures_share"],
  ])("%s is not %s", (name, typed, words) => {
    const { error } = mailSchema.safeParse({ ...mail, [name]: typed });
    expect(error?.issues).toMatchObject([{ path: [name], message: words }]);
  });
});
