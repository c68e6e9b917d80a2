import type { AuthAccess } from "@/lib/auth/second-step";
import { vault } from "@/lib/auth/vault";
import { type Clock, systemClock } from "@/lib/core/time";
import { db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { type Mailer, mailer } from "@/lib/mail/mailer";

/** What every use case about people needs. */
export type PeopleAccess = AuthAccess & {
  clock: Clock;
  /** Null: no mail server is configured, and links are handed over by people. */
  mailer: Mailer | null;
  /** The address of the office as people open it: links begin with it, whatever a request says. */
  origin: string;
};

/** The process's own, from the environment. */
export function peopleAccess(): PeopleAccess {
  return {
    db: db(),
    vault: vault(),
    clock: systemClock,
    mailer: mailer(),
    origin: env().NEXTAUTH_URL,
  };
}
