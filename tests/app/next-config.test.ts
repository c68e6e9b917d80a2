import { expect, test } from "vitest";
import config from "@/next.config";

test("actions may come from the address people open, whatever the proxy calls us", () => {
  const { host } = new URL(process.env.NEXTAUTH_URL ?? "");
  expect(config.experimental?.serverActions?.allowedOrigins).toEqual([host]);
});
