import type { PersonAct } from "./model";

type Account = { id: string; role: "owner" | "member"; isActive: boolean };

type Rights = {
  role: Account["role"];
  permissions: ReadonlySet<string>;
  /** In stores of others. */
  shares: readonly { permissions: ReadonlySet<string> }[];
};

/** Whether somebody may do, in some store or in the office, what the other may not; an owner may do everything. */
export function hasMoreRights(person: Rights, than: Rights): boolean {
  if (than.role === "owner") return false;
  const all = [person, ...person.shares].flatMap(({ permissions }) => [...permissions]);
  return person.role === "owner" || all.some((one) => !than.permissions.has(one));
}

/** Key of why an act is not done, or null. Everybody's own account is their own business. */
export function refusalOf(
  act: PersonAct | "reset" | "groups",
  { callerId, person, owners }: { callerId: string; person: Account; owners: readonly Account[] },
): "own_account" | "last_owner" | "person_blocked" | null {
  if (person.id === callerId) return "own_account";
  const othersLeft = owners.some(({ id, isActive }) => isActive && id !== person.id);
  if ((act === "block" || act === "demote") && !othersLeft) return "last_owner";
  if (act === "reset" && !person.isActive) return "person_blocked";
  return null;
}
