import { signIn } from "@/lib/auth/sign-in";
import { createOwner } from "@/lib/auth/users";
import { createVault } from "@/lib/auth/vault";
import { systemClock } from "@/lib/core/time";
import { newDatabase } from "./database";
import type { Bench } from "./figure";
import { ENCRYPTION_KEY, ownerLogin } from "./office";

const LOGINS = 30;
const ATTEMPTS_PER_SECOND = 100;

/** Logins of a person while a stranger tries a hundred passwords a second on that account, and without. */
export const bench: Bench = async () => {
  const { db } = await newDatabase();
  await createOwner(db, { name: "Owner", ...ownerLogin }, systemClock());
  const access = { db, vault: createVault(ENCRYPTION_KEY) };
  const attempt = (password: string, address: string) =>
    signIn(access, { email: ownerLogin.email, password, address }, systemClock());

  const median = async () => {
    const times: number[] = [];
    for (let nth = 0; nth < LOGINS; nth += 1) {
      const began = performance.now();
      if (!(await attempt(ownerLogin.password, "10.0.0.1"))) throw new Error("not let in");
      times.push(performance.now() - began);
    }
    return times.toSorted((a, b) => a - b)[LOGINS / 2] ?? 0;
  };

  await median();
  const calm = await median();
  const answers = { looked: 0, refused: 0 };
  const attack = setInterval(() => {
    void attempt("wrong", "10.0.0.9").then(
      () => (answers.looked += 1),
      () => (answers.refused += 1),
    );
  }, 1_000 / ATTEMPTS_PER_SECOND);
  const attacked = await median();
  clearInterval(attack);
  return [
    {
      what: "a login, p50, while a stranger tries 100 passwords a second",
      value: attacked,
      unit: "ms",
      target: { most: calm * 1.5 },
      baseline: { what: "without", value: calm },
      note: `${answers.looked} passwords of the stranger looked at, ${answers.refused} refused unread`,
    },
  ];
};
