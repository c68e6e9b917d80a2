import { applicationKeys } from "./keys.mjs";

/**
 * What every process of the instance is given: the launcher, the web, the management commands.
 * @param {import("./instance.mjs").Instance} instance
 * @param {{ databaseUrl: string, url: string, more?: Record<string, string> }} found
 * @returns {NodeJS.ProcessEnv}
 */
export function applicationEnvironment(instance, { databaseUrl, url, more = {} }) {
  return {
    ...process.env,
    ...more,
    ...applicationKeys(process.env, instance),
    NODE_ENV: "production",
    DATABASE_URL: databaseUrl,
    DATA_DIR: instance.dataDir,
    KASPI: instance.kaspi,
    NEXTAUTH_URL: process.env.NEXTAUTH_URL || url,
    NEXT_TELEMETRY_DISABLED: "1",
    // Next's own handler would end the process under a running job.
    NEXT_MANUAL_SIG_HANDLE: "true",
  };
}
