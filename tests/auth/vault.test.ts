import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { createVault } from "@/lib/auth/vault";

const key = () => randomBytes(32).toString("base64");

test("what is sealed opens again, and the same text never looks the same", () => {
  const vault = createVault(key());
  const sealed = [vault.seal("пароль"), vault.seal("пароль")];
  expect(sealed[0]).not.toBe(sealed[1]);
  expect(sealed.map((one) => vault.open(one))).toEqual(["пароль", "пароль"]);
  expect(sealed.join()).not.toContain("пароль");
});

test("after a rotation the old key still opens what it sealed, and the new one seals", () => {
  const [oldKey, newKey] = [key(), key()];
  const before = createVault(oldKey).seal("secret");
  const vault = createVault(newKey, [oldKey]);
  expect(vault.open(before)).toBe("secret");
  expect(() => createVault(oldKey).open(vault.seal("secret"))).toThrow("no encryption key");
});

test("a changed character is noticed", () => {
  const vault = createVault(key());
  const sealed = vault.seal("secret");
  const other = sealed.at(-2) === "A" ? "B" : "A";
  expect(() => vault.open(sealed.slice(0, -2) + other + sealed.slice(-1))).toThrow();
});
