import { readFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { openApiDocument } from "@/lib/api/openapi";
import { readReviewsOf } from "@/lib/reviews/jobs";
import { syncStore } from "@/lib/sync/jobs";
import { apiOffice } from "../support/api";
import { apiServer } from "../support/api-server";
import { filledIn, type Recipe, recipesOf, valueAt } from "../support/cookbook";
import { type Curl, readCurl, type Variables } from "../support/curl";
import { startOfficeJobs } from "../support/office-jobs";

const server = await apiServer();
const { NEXTAUTH_URL = "" } = process.env;
// Lists name their next page by it.
process.env.NEXTAUTH_URL = server.url;
afterAll(() => {
  process.env.NEXTAUTH_URL = NEXTAUTH_URL;
});

const office = await apiOffice();
const jobs = await startOfficeJobs(office, [syncStore, readReviewsOf]);
const text = readFileSync("docs/api.md", "utf8");
const recipes = recipesOf(text);
const variables: Variables = { API: `${server.url}/api/v1`, KEY: office.key };
/** What a person reads elsewhere. */
const elsewhere: Record<string, () => string | undefined> = {
  CODE: () => office.twin.lastCode()?.code,
};

type Described = { responses: Record<string, unknown> };
const described = Object.values(openApiDocument().paths).flatMap(Object.values<unknown>);
const statuses = described.flatMap((one) => Object.keys((one as Described).responses));
const refusedWith = new Set(statuses.filter((status) => status >= "4"));

/** The answer, with the jobs at work meanwhile. */
async function answered({ url, ...asked }: Curl): Promise<Response> {
  let isOver = false;
  const answer = fetch(url, { ...asked, redirect: "manual" }).finally(() => {
    isOver = true;
  });
  while (!isOver) await jobs.drain();
  return answer;
}

async function follow({ command, status, sets, asks, shown }: Recipe) {
  for (const name of asks) variables[name] = elsewhere[name]?.() ?? expect.fail(`no ${name}`);
  const answer = await answered(readCurl(command, variables));
  const said = await answer.text();
  if (status === null) expect(answer.status, said).toBe(200);
  else expect(answer.status, said).toBe(status);
  const body = said === "" ? undefined : JSON.parse(said);
  if (shown === undefined) expect(body).toBeUndefined();
  else expect(body).toMatchObject(filledIn(shown, body) as object);
  for (const { name, path } of sets) variables[name] = valueAt(body, path);
}

describe("docs/api.md", () => {
  describe("shows commands, each of which goes as it says, after those before it", {
    shuffle: false,
  }, () => {
    test.each(recipes.map((recipe) => [recipe.title, recipe] as const))("%s", (_title, recipe) =>
      follow(recipe),
    );
  });

  test("has a command in every block that seems to hold one, with the key in it", () => {
    expect(recipes).toHaveLength(text.match(/^curl /gm)?.length ?? 0);
    expect(recipes.length).toBeGreaterThan(20);
    for (const { command } of recipes) expect(command).toContain("Bearer $KEY");
  });

  test("names every status that the document of the API knows", () => {
    expect(refusedWith.size).toBeGreaterThan(10);
    for (const status of refusedWith)
      expect(text).toMatch(new RegExp(`^\\|.*\\b${status}\\b.*\\|.*\\|.*\\|$`, "m"));
  });
});
