import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { signIn } from "@/lib/auth/sign-in";
import { vault } from "@/lib/auth/vault";
import { UsageError } from "@/lib/cli/command";
import { dispatch } from "@/lib/cli/dispatch";
import { users } from "@/lib/db/schema/workspace";
import { testDatabase } from "../support/database";

const { db } = await testDatabase();
const now = new Date("2026-03-01T09:00:00Z");
const person = (email: string, password: string) => ({ email, password, address: "127.0.0.1" });

let printed: string[] = [];

beforeEach(() => {
  printed = [];
  vi.spyOn(console, "log").mockImplementation((line: string) => void printed.push(line));
});

afterEach(() => {
  vi.restoreAllMocks();
});

test("--help lists every command", async () => {
  expect(await dispatch(["--help"])).toBe(0);
  const names = ["migrate", "createsuperuser", "changepassword", "check", "twin", "setup-link"];
  for (const name of names) expect(printed.join("\n")).toContain(`\n  ${name}`);
});

test("a command's own --help says what it takes", async () => {
  expect(await dispatch(["changepassword", "--help"])).toBe(0);
  expect(printed[0]).toBe("changepassword <почта> [--password ПАРОЛЬ]");
});

test.each([
  [["nope"], "Нет команды «nope»"],
  [["check", "--loud"], "Неизвестный ключ: --loud"],
  [["changepassword"], "Нужно: <почта>"],
  [["createsuperuser", "--email", "a@b.kz", "--name", "А"], "задайте --password"],
  [
    ["createsuperuser", "--email", "nobody", "--name", "А", "--password", "short"],
    "email: Проверьте адрес почты",
  ],
])("%j is a wrong call, answered with a sentence", async (args, words) => {
  const call = dispatch(args);
  await expect(call).rejects.toThrow(UsageError);
  await expect(call).rejects.toThrow(words);
});

test("an owner is created, signs in, and gets a new password", async () => {
  const email = "owner@example.kz";
  const args = ["--email", "Owner@Example.kz", "--name", "Айгерим", "--password", "алмалы-қала"];
  expect(await dispatch(["createsuperuser", ...args])).toBe(0);
  expect(await signIn({ db, vault: vault() }, person(email, "алмалы-қала"), now)).toMatchObject({
    role: "owner",
  });
  await expect(dispatch(["createsuperuser", ...args])).rejects.toThrow("email_taken");

  expect(await dispatch(["changepassword", email, "--password", "жаңа құпиясөз"])).toBe(0);
  expect(await signIn({ db, vault: vault() }, person(email, "алмалы-қала"), now)).toBeNull();
  expect(await signIn({ db, vault: vault() }, person(email, "жаңа құпиясөз"), now)).not.toBeNull();
});

test("a new password for nobody changes nothing", async () => {
  expect(await dispatch(["changepassword", "x@example.kz", "--password", "a long one 12"])).toBe(1);
  expect(printed).toEqual(["Пользователя x@example.kz нет."]);
});

test("the second step is taken off who has lost everything, and only off them", async () => {
  const email = "locked-out@example.kz";
  const passwords = ["--password", "алмалы-қала"];
  await dispatch(["createsuperuser", "--email", email, "--name", "Айгерим", ...passwords]);
  await db.update(users).set({ totpSecret: vault().seal("JBSWY3DPEHPK3PXP"), totpSince: now });
  const entering = () => signIn({ db, vault: vault() }, person(email, "алмалы-қала"), now);
  await expect(entering()).rejects.toMatchObject({ key: "code_required" });
  expect(await dispatch(["drop-two-factor", email])).toBe(0);
  expect(await entering()).not.toBeNull();
  expect(await dispatch(["drop-two-factor", "nobody@example.kz"])).toBe(1);
});

test("check passes on a sound installation", async () => {
  await dispatch(["seed-demo"]);
  printed = [];
  expect(await dispatch(["check"])).toBe(0);
  expect(printed).toEqual([
    "Настройки: разобраны",
    "Ключи: заданы",
    "База и миграции: применены все",
    "Kaspi: учебный",
    "Сохранённые пароли и сессии: ещё нет",
  ]);
});
