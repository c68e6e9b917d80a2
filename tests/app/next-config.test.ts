import { expect, test } from "vitest";
import { MOST_BODY_BYTES } from "@/lib/auth/body-limit";
import config from "@/next.config";

test("an action takes as much as the proxy lets through, and no other origins than Next's own check", () => {
  expect(MOST_BODY_BYTES).toBe(1024 * 1024);
  expect(config.experimental?.serverActions).toEqual({ bodySizeLimit: "1mb" });
});
