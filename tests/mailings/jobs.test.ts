import { asc } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { mailboxLetters, mailingRuns, mailings } from "@/lib/db/schema/mailings";
import { mailingAccess } from "@/lib/mailings/access";
import { mailingsTick, sendMailingJob } from "@/lib/mailings/jobs";
import { startDue } from "@/lib/mailings/runs/due";
import { startMailing } from "@/lib/mailings/send-mailing";
import { asNew, createdMailing, people } from "../support/mailings";
import { testOffice } from "../support/office";
import { reachableByJobs, startOfficeJobs } from "../support/office-jobs";

const office = await testOffice();
reachableByJobs(office);
const { owner } = office;
const { db, clock } = office.access;
const jobs = await startOfficeJobs(office, [mailingsTick, sendMailingJob]);

beforeEach(async () => {
  await asNew(office);
  await db.delete(mailboxLetters);
});

const letters = () => db.select().from(mailboxLetters).orderBy(asc(mailboxLetters.to));

test("in a training office letters are sent by jobs into its own box", async () => {
  const { id } = await createdMailing(office, people(12));
  await startMailing(db, owner, id, clock());
  await jobs.drain();
  const kept = await letters();
  expect(kept).toHaveLength(12);
  expect(kept[0]).toMatchObject({ to: "user0@example.kz", bodyText: "Здравствуйте, Имя 0" });
  const [mailing] = await db.select().from(mailings);
  expect(mailing?.status).toBe("completed");
});

test("whose time has come leave by themselves", async () => {
  await createdMailing(office, people(3), { firstAt: clock(), nextRunAt: clock() });
  expect(await startDue(mailingAccess())).toBe(1);
  await jobs.drain();
  expect(await letters()).toHaveLength(3);
  const [run] = await db.select().from(mailingRuns);
  expect(run).toMatchObject({ trigger: "schedule", state: "completed", succeeded: 3 });
});
