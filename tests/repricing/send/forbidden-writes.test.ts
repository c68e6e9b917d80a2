import { expect, test } from "vitest";
import { MINUTE } from "@/lib/core/time";
import { noteAnswer } from "@/lib/exits/channels";
import { translator } from "@/lib/i18n/translator";
import { listOpenNotices } from "@/lib/notices/queries";
import { stateText } from "@/lib/repricing/decide/reason-text";
import { testOffice } from "../../support/office";
import { fullShelf } from "../../support/shelf";

const office = await testOffice();
const { access, owner, twin } = office;
const { contested } = await fullShelf(office);
const notices = async () => (await listOpenNotices(access.db, owner)).map(({ kind }) => kind);

test("a login that may read and not write is asked for prices ever less, and its owner told", async () => {
  const goods = await contested();
  const start = goods.kaspiPrice();
  twin.setFault({ name: "session_403", at: ["process", "configuration"] });
  for (let minute = 0; minute < 4; minute += 1) {
    await goods.cycle();
    twin.advance({ ms: MINUTE });
  }
  expect(await notices()).toEqual(["login_permissions"]);
  expect((await goods.product()).lastDecision).toMatchObject({
    ...{ state: "pending", stateReason: "login_permissions" },
  });
  const asked = twin.requests().process?.total ?? 0;
  for (let minute = 0; minute < 4; minute += 1) {
    await goods.publish();
    twin.advance({ ms: MINUTE });
  }
  expect(twin.requests().process?.total).toBe(asked);

  twin.clearFaults();
  twin.advance({ ms: 10 * MINUTE });
  await goods.cycle();
  await goods.cycle();
  expect(goods.kaspiPrice()).toBe(start - 21);
  expect(await notices()).toEqual([]);
});

test("a session that dies after other failures is no missing right", async () => {
  const goods = await contested();
  const start = goods.kaspiPrice();
  await goods.check();
  for (let nth = 0; nth < 4; nth += 1)
    await noteAnswer(access, { name: "prices", of: goods.storeId }, `kaspi_${nth}`);
  twin.setFault({ name: "session_401", at: ["process"], times: 1 });
  await goods.publish();
  expect(await notices()).toEqual([]);
  twin.advance({ ms: MINUTE });
  await goods.cycle();
  expect(goods.kaspiPrice()).toBe(start - 21);
});

test.each(["unavailable", "no_cabinet_exit", "kaspi_credentials", "kaspi_session_expired"])(
  "a price that waits says why in its own words: %s",
  (stateReason) => {
    for (const locale of ["ru", "kk", "en"] as const) {
      const t = translator(locale);
      const told = stateText(t, locale, { state: "pending", stateReason });
      const unknown = stateText(t, locale, { state: "pending", stateReason: "kaspi_unreachable" });
      expect([t("reasons.state.pending"), unknown]).not.toContain(told);
    }
  },
);
