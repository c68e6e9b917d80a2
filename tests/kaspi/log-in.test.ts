import { expect, test } from "vitest";
import { AppError } from "@/lib/core/errors";
import { type LoginFlow, type LoginOutcome, logIn } from "@/lib/kaspi/log-in";
import { refused } from "@/lib/kaspi/login-answer";
import { failure } from "./failures";
import { noWait } from "./stub-server";

const connected: LoginOutcome = { kind: "connected", session: { cookies: "" }, method: "browser" };

async function tried(...answers: (LoginOutcome | Error)[]) {
  let tries = 0;
  const flows = answers.map(
    (answer, index): LoginFlow => ({
      method: index === 0 ? "direct" : "browser",
      async logIn() {
        tries += 1;
        if (answer instanceof Error) throw answer;
        return answer;
      },
      goOn: () => Promise.reject(new Error("no login waits here")),
    }),
  );
  const asked = logIn(flows, { email: "", password: "" }, { acquireSlot: noWait });
  const outcome = await asked.catch((error: unknown) => error);
  return { outcome, tries };
}

test("a refused address is tried again in a browser", async () => {
  expect(await tried(refused("address"), connected)).toEqual({ outcome: connected, tries: 2 });
});

test.each(["credentials", "flood", "permissions", "no_merchants", "code", "other"] as const)(
  "a refusal because of %s opens no browser",
  async (why) => {
    expect(await tried(refused(why), connected)).toEqual({ outcome: refused(why), tries: 1 });
  },
);

test("a connected login opens no browser", async () => {
  expect((await tried(connected, connected)).tries).toBe(1);
});

test("a dead network opens no browser", async () => {
  const down = new AppError("kaspi_unreachable");
  expect(await tried(down, connected)).toEqual({ outcome: down, tries: 1 });
});

test("when both are refused, the last refusal is told", async () => {
  const last = refused("address", { breakTimeMs: 5 });
  expect(await tried(refused("address"), last)).toEqual({ outcome: last, tries: 2 });
});

test("without a way to log in nothing is pretended", async () => {
  const asked = logIn([], { email: "", password: "" }, { acquireSlot: noWait });
  expect(await failure(asked)).toBeInstanceOf(RangeError);
});
