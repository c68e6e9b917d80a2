export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { limitSlowRequests } = await import("@/lib/auth/request-timeouts");
  const { refuseOtherKaspi } = await import("@/lib/workspace/refuse-other-kaspi");
  const { db } = await import("@/lib/db/client");
  const { env } = await import("@/lib/env");
  limitSlowRequests();
  const { functions } = await import("@/lib/functions");
  const { startJobs } = await import("@/lib/jobs/start");
  const { tellOfRefusal } = await import("@/lib/sync/tell-of-sync");
  void refuseOtherKaspi(db(), env().KASPI, (code) => process.exit(code)).then(() =>
    startJobs(functions, { onRefused: tellOfRefusal }),
  );
}
