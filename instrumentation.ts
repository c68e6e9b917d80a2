export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { functions } = await import("@/lib/functions");
  const { startJobs } = await import("@/lib/jobs/start");
  const { tellOfRefusal } = await import("@/lib/runs/tell-of-failure");
  void startJobs(functions, { onRefused: tellOfRefusal });
}
