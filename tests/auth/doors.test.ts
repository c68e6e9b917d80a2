import { describe, expect, test } from "vitest";
import {
  apiRoute,
  closedRoutes,
  exportsOf,
  files,
  named,
  openActions,
  openRoutes,
  sourceOf,
} from "../support/doors";

describe("what a browser may call without a page", () => {
  test("is in files named actions.ts, and nowhere else", () => {
    const marked = files.filter((file) => /^\s*["']use server["']/m.test(sourceOf(file)));
    expect(marked).toEqual(named("actions.ts"));
  });

  test.each(named("actions.ts"))("%s exports actions and nothing else", (file) => {
    const door = openActions.includes(file) ? "publicAction" : "action";
    const made = new RegExp(`^export const \\w+ = ${door}\\(`);
    expect(exportsOf(sourceOf(file)).filter((line) => !made.test(line))).toEqual([]);
  });
});

describe("what answers an address", () => {
  const routes = named("route.ts");

  test.each(closedRoutes())("%s asks who it is", (file) => {
    const made = /^export const [A-Z]+ = endpoint[<(]/;
    expect(exportsOf(sourceOf(file)).filter((line) => !made.test(line))).toEqual([]);
  });

  test("every operation of the API has the same door, and its table no other way in", () => {
    const handled = exportsOf(sourceOf(apiRoute)).filter(
      (line) => !/^export const [A-Z]+ = answerApi;$/.test(line),
    );
    expect(handled).toEqual([]);
    expect(sourceOf("lib/api/answer-api.ts")).toMatch(
      /routeTable<Answer>\(operations, \(operation\) =>\s+endpoint\(/,
    );
  });

  test("the list of those that do not ask names nothing that is gone", () => {
    expect(openRoutes.filter((file) => !routes.includes(file))).toEqual([]);
    expect(openActions.filter((file) => !files.includes(file))).toEqual([]);
  });

  test.each(named("page.tsx").filter((file) => file.includes("/(office)/")))(
    "%s asks who it is itself: a layout is not drawn again on the way",
    (file) => {
      expect(sourceOf(file)).toMatch(/\bpageCaller\(\)/);
    },
  );
});
