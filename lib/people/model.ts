import { z } from "zod";
import type { Share } from "@/lib/auth/model";
import { emailSchema, newPasswordSchema, personNameSchema } from "@/lib/auth/model";
import type { Permission } from "@/lib/auth/permission-model";
import { locales } from "@/lib/i18n/locales";
import { groupIdsField } from "./group-model";

export const roles = ["member", "owner"] as const;
export type Role = (typeof roles)[number];

/** Any text: one that is no token of ours is a link that does not work. */
export const tokenSchema = z.string().max(200);

export const newInviteSchema = z.object({
  email: emailSchema,
  role: z.enum(roles),
  locale: z.enum(locales),
  /** A member's; an owner needs none. Absent: the sellers' one. */
  groupIds: groupIdsField.optional(),
});
export type NewInvite = z.output<typeof newInviteSchema>;

export const inviteIdSchema = z.object({ inviteId: z.uuid() });

export const acceptanceSchema = z.object({
  token: tokenSchema,
  name: personNameSchema,
  password: newPasswordSchema,
  locale: z.enum(locales),
});

export const forgottenSchema = z.object({ email: emailSchema });
export const newPasswordByLinkSchema = z.object({
  token: tokenSchema,
  password: newPasswordSchema,
});

/** What an owner does to somebody else's account. */
export const personActs = ["block", "unblock", "promote", "demote", "drop_two_factor"] as const;
export type PersonAct = (typeof personActs)[number];
export const personActSchema = z.object({ personId: z.uuid(), act: z.enum(personActs) });
export const personIdSchema = z.object({ personId: z.uuid() });

export const peopleSorts = ["name", "role", "seen", "state"] as const;
export const peopleListSchema = z.object({
  q: z.string().trim().max(100).catch("").default(""),
  sort: z
    .templateLiteral([z.enum(["", "-"]), z.enum(peopleSorts)])
    .catch("name")
    .default("name"),
});
export type PeopleList = z.output<typeof peopleListSchema>;

export type Person = {
  id: string;
  email: string;
  name: string;
  role: Role;
  isActive: boolean;
  lastLoginAt: Date | null;
  hasTwoFactor: boolean;
  resetAskedAt: Date | null;
  groupIds: string[];
  permissions: ReadonlySet<Permission>;
  /** Of stores that are not theirs. */
  shares: Share[];
};

export type Invite = {
  id: string;
  email: string;
  role: Role;
  invitedBy: string;
  sentAt: Date;
  expiresAt: Date;
  /** `void`: whoever gave it may not invite any more. */
  state: "open" | "expired" | "void";
};

/** A link that was made: shown once, because only its hash is kept. */
export type MadeLink = {
  /** Null: the letter has it, and nobody else need see it. */
  link: string | null;
  /** Null: no mail server is configured. */
  mailed: boolean | null;
};
