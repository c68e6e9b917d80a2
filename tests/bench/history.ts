import type { Caller } from "@/lib/auth/model";
import { createOwner, findCaller } from "@/lib/auth/users";
import { systemClock } from "@/lib/core/time";
import type { Db } from "@/lib/db/client";
import { historySchema } from "@/lib/runs/history-address";
import { historyChoices, runHistory } from "@/lib/runs/history-queries";
import { failedWork } from "@/lib/runs/now-queries";
import { asMember } from "../support/person";
import { newDatabase } from "./database";
import type { Bench, Figure } from "./figure";
import { fillHistory } from "./history-filling";
import { median } from "./stopwatch";

const RUNS = 400_000;
const ROUNDS = 9;

/** What the page of the history asks Postgres, by who asks and for what; its own part of the page is no more. */
export const bench: Bench = async () => {
  const { db, sql } = await newDatabase();
  const owner = await person(db, "owner");
  const member = await person(db, "member");
  const newcomer = await person(db, "newcomer");
  await fillHistory(sql, { owner: owner.id, member: member.id }, RUNS);
  const all = await took(() => history(db, owner));
  const baseline = { what: "all of it, for the owner", value: all };
  const asked: [string, () => Promise<unknown>][] = [
    ["by the owner, who started 2,000", () => history(db, owner, { person: owner.id })],
    ["by a member, who started 50", () => history(db, owner, { person: member.id })],
    ["by a person who started nothing", () => history(db, owner, { person: newcomer.id })],
    ["for a member with one store", () => history(db, member)],
    ["for a member without stores", () => history(db, newcomer)],
    ["choices of its filters", () => historyChoices(db, owner)],
    [
      "what has failed and not gone well since",
      () => failedWork(db, owner, undefined, systemClock()),
    ],
  ];
  const figures: Figure[] = [];
  for (const [what, ask] of asked) {
    const value = await took(ask);
    figures.push({
      what: `history of ${RUNS.toLocaleString("en")} runs, ${what}`,
      value,
      unit: "ms",
      target: { most: 50 },
      baseline,
    });
  }
  return figures;
};

async function person(db: Db, role: "owner" | "member" | "newcomer"): Promise<Caller> {
  const user = { email: `${role}@example.kz`, name: role, password: "a long password" };
  const caller = await findCaller(db, await createOwner(db, user, systemClock()), 1);
  if (!caller) throw new Error("the user was not created");
  return role === "owner" ? caller : asMember(caller);
}

const history = (db: Db, caller: Caller, query = {}) =>
  runHistory(db, caller, historySchema.parse(query), systemClock());

async function took(work: () => Promise<unknown>): Promise<number> {
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const begun = performance.now();
    await work();
    rounds.push(performance.now() - begun);
  }
  return median(rounds);
}
