import { beforeEach, describe, expect, test } from "vitest";
import { exits, kaspiChannels } from "@/lib/db/schema/exits";
import { channelsOf } from "@/lib/exits/channel-queries";
import { translator } from "@/lib/i18n/translator";
import { diagnoseStore } from "@/lib/stores/diagnose/diagnose-store";
import { stepNames } from "@/lib/stores/diagnose/model";
import { stepLine } from "@/lib/stores/diagnose/step-text";
import { setStoreOfficialOnly } from "@/lib/stores/official-only";
import { testOffice } from "../../support/office";
import { connectedStore, syncNow } from "../../support/stores";

const office = await testOffice();
const { access, owner, stranger, twin } = office;
const { storeId } = await connectedStore(office);
await syncNow(office, storeId);

const walk = async () => (await diagnoseStore(access, owner, storeId)).steps;
/** What of each step: "exit ok", "list failed kaspi_malformed", "writes skipped before". */
const inWords = async () =>
  (await walk()).map((one) =>
    [one.step, one.kind, one.kind === "failed" ? one.key : one.kind === "skipped" ? one.why : ""]
      .join(" ")
      .trim(),
  );

beforeEach(async () => {
  twin.clearFaults();
  await access.db.delete(kaspiChannels);
  access.memory.delete("channels");
  await access.db.update(exits).set({ restingUntil: null, restsInRow: 0 });
});

describe("the check of the connection", () => {
  test("walks every step, with its time, and writes nothing", async () => {
    const before = twin.writes().length;
    const steps = await walk();
    expect(steps.map(({ step, kind }) => `${step} ${kind}`)).toEqual(
      stepNames.map((step) => `${step} ok`),
    );
    for (const step of steps) expect("ms" in step && step.ms).toBeGreaterThanOrEqual(0);
    expect(twin.writes()).toHaveLength(before);
    expect(twin.requests().configuration?.total).toBeGreaterThan(0);
  });

  test("renews a session that has died, as any job would", async () => {
    twin.expireSessions();
    expect(await inWords()).toEqual(stepNames.map((step) => `${step} ok`));
  });

  test("says which step fails, and asks the shop window all the same", async () => {
    twin.setFault({ name: "wrong_types", at: ["list"] });
    expect(await inWords()).toEqual([
      "exit ok",
      "session ok",
      "merchants ok",
      "list failed kaspi_malformed",
      "offers ok",
      "writes skipped before",
    ]);
  });

  test("tells a right that is missing from a session that has died", async () => {
    twin.setFault({ name: "session_403", at: ["configuration"] });
    expect((await inWords()).at(-1)).toBe("writes failed login_permissions");
    const prices = (await channelsOf(access.db, [storeId])).filter(
      ({ failureKind }) => failureKind,
    );
    expect(prices).toMatchObject([{ channel: "prices", failureKind: "kaspi_rejected" }]);
  });

  test("names a refused address", async () => {
    twin.setFault({ name: "storefront_405" });
    expect((await inWords())[4]).toBe("offers failed market_address_refused");
  });

  test("asks nothing in the mode of the official interface", async () => {
    const turn = (officialOnly: boolean) =>
      setStoreOfficialOnly(access, owner, { storeId, officialOnly });
    await turn(true);
    expect(await inWords()).toEqual(stepNames.map((step) => `${step} skipped official_only`));
    await turn(false);
  });

  test("has a sentence for every result in every language", async () => {
    twin.setFault({ name: "server_error", at: ["list"] });
    const steps = await walk();
    for (const locale of ["ru", "kk", "en"] as const)
      for (const step of steps)
        expect(stepLine(translator(locale), locale, step).text).toMatch(/\p{L}{3}.*\.$/u);
  });

  test("is for those who may change the store", async () => {
    await expect(diagnoseStore(access, stranger, storeId)).rejects.toMatchObject({
      kind: "not_found",
    });
  });
});
