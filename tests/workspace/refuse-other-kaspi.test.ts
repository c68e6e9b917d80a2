import { expect, test } from "vitest";
import { demoOwner, isDemoLogin } from "@/lib/auth/demo";
import { newPasswordSchema } from "@/lib/auth/model";
import { workspace } from "@/lib/db/schema/workspace";
import { refuseOtherKaspi } from "@/lib/workspace/refuse-other-kaspi";
import { testDatabase } from "../support/database";

const { db } = await testDatabase();

test.each([
  ["twin", "live"],
  ["live", "twin"],
] as const)(
  "a process of a database of %s ends when it is started with %s, and only then",
  async (bound, other) => {
    await db.delete(workspace);
    const ended: number[] = [];
    const end = (code: number) => void ended.push(code);
    await refuseOtherKaspi(db, bound, end);
    await refuseOtherKaspi(db, bound, end);
    expect(ended).toEqual([]);
    const refused = new Promise<void>((told) => {
      void refuseOtherKaspi(db, other, (code) => {
        end(code);
        told();
      }).then(() => expect.fail("nothing is to begin on a database of the other Kaspi"));
    });
    await refused;
    expect(ended).toEqual([1]);
  },
);

test("while Postgres is away it is asked again, and only then is anything begun", async () => {
  await db.delete(workspace);
  let away = 3;
  const sometimes = new Proxy(db, {
    get(whole, name) {
      if (away > 0) throw new Error("ECONNREFUSED");
      return Reflect.get(whole, name);
    },
  });
  const wait = async () => {
    away -= 1;
  };
  await refuseOtherKaspi(sometimes, "twin", () => expect.fail("it is ours"), wait);
  expect(away).toBe(0);
});

test("nobody may take the password of the training owner, and its login is known by either half", () => {
  expect(newPasswordSchema.safeParse(demoOwner.password).success).toBe(false);
  expect(isDemoLogin({ ...demoOwner, password: "another" })).toBe(true);
  expect(isDemoLogin({ ...demoOwner, email: "a@b.kz" })).toBe(true);
  expect(isDemoLogin({ email: "a@b.kz", password: "another" })).toBe(false);
});
