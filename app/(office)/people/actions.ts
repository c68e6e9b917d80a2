"use server";

import { revalidatePath } from "next/cache";
import { action } from "@/lib/auth/action";
import { peopleAccess } from "@/lib/people/access";
import { changePerson } from "@/lib/people/change-person";
import { personGroupsSchema } from "@/lib/people/group-model";
import { invitePerson, sendInviteAnew, withdrawInvite } from "@/lib/people/invite-person";
import { changeGroupsOf } from "@/lib/people/manage-groups";
import {
  inviteIdSchema,
  newInviteSchema,
  personActSchema,
  personIdSchema,
} from "@/lib/people/model";
import { makeResetLink } from "@/lib/people/reset-password";

export const invite = action(newInviteSchema, async (caller, given) => {
  const made = await invitePerson(peopleAccess(), caller, given);
  revalidatePath("/people");
  return made;
});

export const inviteAnew = action(inviteIdSchema, async (caller, { inviteId }) => {
  const made = await sendInviteAnew(peopleAccess(), caller, inviteId);
  revalidatePath("/people");
  return made;
});

export const withdraw = action(inviteIdSchema, async (caller, { inviteId }) => {
  await withdrawInvite(peopleAccess(), caller, inviteId);
  revalidatePath("/people");
});

export const act = action(personActSchema, async (caller, given) => {
  await changePerson(peopleAccess(), caller, given);
  revalidatePath("/people");
});

export const setGroups = action(personGroupsSchema, async (caller, given) => {
  await changeGroupsOf(peopleAccess(), caller, given);
  revalidatePath("/people", "layout");
});

export const giveResetLink = action(personIdSchema, async (caller, { personId }) => {
  const made = await makeResetLink(peopleAccess(), caller, personId);
  revalidatePath("/people");
  return made;
});
