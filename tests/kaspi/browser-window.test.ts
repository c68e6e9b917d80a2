import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { launchBrowser } from "@/lib/kaspi/browser-window";
import { realHosts } from "@/lib/kaspi/hosts";
import { temporaryFolder } from "../support/folder";
import { failure } from "./failures";

test("a browser is told neither the office's keys nor, where others see it, the proxy's password", async () => {
  const folder = temporaryFolder();
  const executablePath = join(folder, "browser");
  const told = join(folder, "told");
  writeFileSync(executablePath, `#!/bin/sh\n{ env; echo "$@"; } > ${told}\n`, { mode: 0o755 });
  const proxyUrl = "http://reader:proxy-password@127.0.0.1:1";
  const launching = launchBrowser({ hosts: realHosts, executablePath, proxyUrl });
  expect(await failure(launching)).toMatchObject({ key: "browser_failed" });
  const seen = readFileSync(told, "utf8");
  expect(seen).toContain("--proxy-server=http://127.0.0.1:1");
  for (const secret of [process.env.ENCRYPTION_KEY, process.env.NEXTAUTH_SECRET, "proxy-password"])
    expect(seen).not.toContain(secret);
  expect(seen).not.toMatch(/KEY=|SECRET=|DATABASE_URL=/);
});
