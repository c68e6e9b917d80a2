import { audit } from "@/lib/auth/audit";
import type { Caller } from "@/lib/auth/model";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/db/client";
import type { PeopleAccess } from "./access";
import type { PersonAct } from "./model";
import { type PeopleRight, requirePeopleRight } from "./permissions";
import { carryOut, lockPeople } from "./queries";
import { hasMoreRights, refusalOf } from "./rules";

type Act = PersonAct | "reset" | "groups";

const rightFor: Record<Act, PeopleRight> = {
  block: "block",
  unblock: "block",
  promote: "manage",
  demote: "manage",
  drop_two_factor: "manage",
  reset: "manage",
  groups: "manage",
};

/**
 * Whom the act is about, locked, once it is sure that the caller may still do it: two owners who
 * block each other at the same moment must not both succeed. Throws `forbidden`, `not_found`,
 * `conflict` (`own_account`, `last_owner`, `person_blocked`).
 */
export async function personFor(
  tx: Tx,
  caller: Caller,
  { personId, act }: { personId: string; act: Act },
) {
  requirePeopleRight(caller, rightFor[act]);
  const locked = await lockPeople(tx, [caller.id, personId]);
  const self = locked.find(({ id, isActive }) => id === caller.id && isActive);
  if (!self) throw new AppError("unauthorized");
  requirePeopleRight(self, rightFor[act]);
  const person = locked.find(({ id }) => id === personId);
  if (!person) throw new AppError("not_found", "person_not_found");
  if (hasMoreRights(person, self)) throw new AppError("forbidden", "more_rights");
  const owners = locked.filter(({ role }) => role === "owner");
  const refusal = refusalOf(act, { callerId: caller.id, person, owners });
  if (refusal) throw new AppError("conflict", refusal);
  return person;
}

/** Blocks, unblocks, makes and unmakes owners, takes two-factor off. What changes nothing leaves no trace. */
export async function changePerson(
  { db, clock }: PeopleAccess,
  caller: Caller,
  { personId, act }: { personId: string; act: PersonAct },
): Promise<void> {
  const now = clock();
  await db.transaction(async (tx) => {
    const before = await personFor(tx, caller, { personId, act });
    if (isDone(act, before)) return;
    await carryOut[act](tx, personId, now);
    const { isActive, role, hasTwoFactor } = before;
    const state = { isActive, role, hasTwoFactor };
    await audit(tx, {
      at: now,
      userId: caller.id,
      subjectId: personId,
      action: `person.${act}`,
      details: { before: state, after: { ...state, ...outcome[act] } },
    });
  });
}

type State = { isActive: boolean; role: "owner" | "member"; hasTwoFactor: boolean };

/** What each of them leaves behind. */
const outcome: Record<PersonAct, Partial<State>> = {
  block: { isActive: false },
  unblock: { isActive: true },
  promote: { role: "owner" },
  demote: { role: "member" },
  drop_two_factor: { hasTwoFactor: false },
};

const isDone = (act: PersonAct, before: State) => same({ ...before, ...outcome[act] }, before);

const same = (one: State, other: State) =>
  one.isActive === other.isActive &&
  one.role === other.role &&
  one.hasTwoFactor === other.hasTwoFactor;
