import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { dispatch } from "@/lib/cli/dispatch";
import type { Handle } from "../support/goods";
import { testOffice } from "../support/office";
import { reachableByJobs } from "../support/office-jobs";
import { fullShelf } from "../support/shelf";

const office = await testOffice();
const { twin } = office;
reachableByJobs(office);

const shelf = await fullShelf(office);
const { storeId } = shelf;
let printed: string[] = [];
let goods: Handle;
let start = 0;

beforeEach(async () => {
  printed = [];
  vi.spyOn(console, "log").mockImplementation((line: string) => void printed.push(line));
  goods = await shelf.contested();
  start = goods.kaspiPrice();
});

afterEach(() => vi.restoreAllMocks());

const line = () => printed.find((text) => text.includes(goods.sku)) ?? "";

test("a cycle sends what it decided and says which and why, though nothing was due", async () => {
  await goods.check();
  goods.rivals(start - 40);
  expect(await dispatch(["demper", "--once", "--store", storeId])).toBe(0);
  expect(line()).toContain("Отправлено");
  expect(line()).toContain("у самого дешёвого соперника");
  twin.advance({ ms: 10_000 });
  expect(goods.kaspiPrice()).toBe(start - 41);
});

test("a dry run decides and sends nothing", async () => {
  expect(await dispatch(["demper", "--once", "--dry-run"])).toBe(0);
  expect(printed[0]).toContain("ничего не отправлено");
  expect(line()).toContain("не отправляем");
  twin.advance({ ms: 10_000 });
  expect(goods.writes()).toEqual([]);
});

test("markets that could not be read are listed, and the command still succeeds", async () => {
  twin.setFault({ name: "server_error", at: ["offers"] });
  expect(await dispatch(["demper", "--once"])).toBe(0);
  twin.clearFaults();
  expect(line()).toContain("Цену не меняем");
  expect(goods.kaspiPrice()).toBe(start);
});

test("while everything is stopped by command, nothing leaves and each change says so", async () => {
  await dispatch(["stop-sending"]);
  for (const _again of [1, 2]) {
    printed = [];
    expect(await dispatch(["demper", "--once"])).toBe(0);
    expect(line()).toContain("отправка цен остановлена");
  }
  expect(goods.writes()).toEqual([]);
  await dispatch(["resume-sending"]);
});

test("a store that is not there cannot be run", async () => {
  const nobody = "00000000-0000-4000-8000-000000000000";
  await expect(dispatch(["demper", "--once", "--store", nobody])).rejects.toMatchObject({
    kind: "not_found",
  });
});
