import { expect, test } from "vitest";
import { leaksIn } from "../support/leaks";

const secrets = ["481516", "of the guest", 'qu"ote/secret'];

test("a secret is found as it is, and as JSON and addresses write it", () => {
  expect(leaksIn('{"msg":"login with of the guest failed"}', secrets)).toEqual(["of the guest"]);
  expect(
    leaksIn(JSON.stringify({ url: `/?p=${encodeURIComponent("of the guest")}` }), secrets),
  ).toEqual(["of the guest"]);
  expect(leaksIn(JSON.stringify({ text: 'qu"ote/secret' }), secrets)).toEqual(['qu"ote/secret']);
});

test("a short one counts by itself, and not within another number", () => {
  expect(leaksIn('{"code":"481516"}', secrets)).toEqual(["481516"]);
  expect(leaksIn('{"time":1795481516000,"id":"00000000-481516"}', secrets)).toEqual([]);
});
