import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { envNames } from "@/lib/env";

const compose = readFileSync("compose.yaml", "utf8");
const ours = compose.slice(
  compose.indexOf("environment: &environment"),
  compose.indexOf("services:"),
);

test("every image of the compose file is of one exact version", () => {
  const images = [...compose.matchAll(/^ {4}image: (\S+)/gm)].map(([, image]) => image);
  expect(images).toHaveLength(3);
  for (const image of images) expect(image).toMatch(/:v?\d+\.\d+/);
});

test("the compose file gives the application only what it reads", () => {
  const given = [...ours.matchAll(/^ {4}([A-Z_]+):/gm)].map(([, name]) => name);
  expect(given.length).toBeGreaterThan(8);
  expect(given.filter((name) => !envNames.includes(name ?? ""))).toEqual([]);
});

test("every service of the compose file says whether it is well", () => {
  const services = compose.slice(compose.indexOf("services:"), compose.indexOf("\nconfigs:"));
  const names = [...services.matchAll(/^ {2}(\w+):$/gm)].map(([, name]) => name);
  expect(names).toEqual(["app", "worker", "postgres", "redis", "inngest"]);
  expect([...services.matchAll(/^ {4}healthcheck:$/gm)]).toHaveLength(names.length);
});

test("the SDK whose protocol we speak is of one exact version", () => {
  const { dependencies } = JSON.parse(readFileSync("package.json", "utf8"));
  expect(dependencies.inngest).toMatch(/^\d+\.\d+\.\d+$/);
});
