import {
  BIG,
  CHOOSE_FIRST,
  CHOOSE_SECOND,
  CODE,
  DEMO,
  SMALL,
  SMS,
  TWO_ALMATY,
  TWO_ASTANA,
} from "@/lib/kaspi-twin/merchants";

/** A login of the training Kaspi. */
export type Account = {
  email: string;
  password: string;
  /** As people type it into Kaspi's masked field; null means no login by SMS. */
  phone: string | null;
  merchants: readonly string[];
  after: "nothing" | "mail_code" | "choice_of_shop" | "no_permissions";
};

function account(
  name: string,
  merchants: string[],
  after: Account["after"] = "nothing",
  phone: string | null = null,
): Account {
  return { email: `${name}@duken.kz`, password: `${name}-kaspi`, phone, merchants, after };
}

export const accounts: readonly Account[] = [
  account("demo", [DEMO], "nothing", "+7 (701) 000-00-01"),
  account("small", [SMALL]),
  account("two", [TWO_ASTANA, TWO_ALMATY], "nothing", "+7 (701) 000-00-02"),
  account("big", [BIG]),
  account("code", [CODE], "mail_code"),
  account("choose", [CHOOSE_FIRST, CHOOSE_SECOND], "choice_of_shop"),
  account("sms", [SMS], "nothing", "+7 (701) 000-00-03"),
  account("clerk", [DEMO], "no_permissions"),
  account("nobody", []),
];

export function accountOfEmail(email: string): Account | null {
  const wanted = email.trim().toLowerCase();
  return accounts.find((one) => one.email === wanted) ?? null;
}

export function accountOfPhone(phone: string): Account | null {
  return accounts.find((one) => one.phone === phone) ?? null;
}
