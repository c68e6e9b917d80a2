import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { dispatch } from "@/lib/cli/dispatch";
import { testOffice } from "../support/office";
import { reachableByJobs } from "../support/office-jobs";
import { connectedStore, syncNow } from "../support/stores";

const office = await testOffice();
const { twin } = office;
reachableByJobs(office);
const { storeId } = await connectedStore(office);
await syncNow(office, storeId);
let printed: string[] = [];

beforeEach(() => {
  printed = [];
  twin.clearFaults();
  vi.spyOn(console, "log").mockImplementation((line: string) => void printed.push(line));
});
afterEach(() => vi.restoreAllMocks());

test("every step is said with its time, and all being well the exit code is 0", async () => {
  expect(await dispatch(["check-kaspi", "--store", storeId])).toBe(0);
  expect(printed).toHaveLength(7);
  expect(printed[1]).toMatch(/да +Адрес: \d+ мс\. Есть адрес/);
  expect(printed[6]).toContain("Ничего не отправлено.");
});

test("what does not work is named, and the exit code is 1", async () => {
  twin.setFault({ name: "session_403", at: ["configuration"] });
  expect(await dispatch(["check-kaspi"])).toBe(1);
  expect(printed.at(-1)).toMatch(/НЕТ {2}Право менять цены: \d+ мс\. У этого входа нет прав/);
});

test("a program is given JSON", async () => {
  expect(await dispatch(["check-kaspi", "--json"])).toBe(0);
  expect(printed).toHaveLength(1);
  const answer = JSON.parse(printed[0] ?? "");
  expect(answer).toMatchObject({ isFine: true, stores: [{ storeId }] });
  expect(answer.stores[0].steps[0]).toMatchObject({ step: "exit", kind: "ok" });
});

test("a store that is none is refused", async () => {
  await expect(dispatch(["check-kaspi", "--store", "мой"])).rejects.toThrow("--store");
});
