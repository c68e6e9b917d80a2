import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import postgres from "postgres";
import type { TestProject } from "vitest/node";
import { migrate } from "@/lib/cli/migrate";
import { startCluster } from "../../scripts/postgres/cluster.mjs";

declare module "vitest" {
  interface ProvidedContext {
    /** A server on which tests create databases, and the migrated database they copy. */
    databaseServer: { url: string; template: string };
  }
}

const template = `duken_template_${process.pid}`;

/** One Postgres for the whole run (TEST_DATABASE_URL or our own), migrated once. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startServer();
  const url = new URL(server.url);
  url.pathname = `/${template}`;
  await migrate(url.href);
  project.provide("databaseServer", { url: server.url, template });
  return async () => {
    const sql = postgres(server.url, { max: 1, onnotice: () => {} });
    await sql.unsafe(`drop database if exists ${template} with (force)`);
    await sql.end();
    await server.stop();
  };
}

async function startServer(): Promise<{ url: string; stop(): Promise<void> }> {
  if (process.env.TEST_DATABASE_URL) {
    return { url: process.env.TEST_DATABASE_URL, stop: async () => {} };
  }
  const base = mkdtempSync(path.join(os.tmpdir(), "duken-test-"));
  chmodSync(base, 0o711);
  const cluster = await startCluster({ base, password: "test", settings: fastAndUnsafe });
  return {
    url: cluster.url("postgres"),
    stop: async () => {
      await cluster.stop();
      rmSync(base, { recursive: true, force: true });
    },
  };
}

const fastAndUnsafe = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  wal_level: "minimal",
  max_wal_senders: "0",
  max_connections: "200",
};
