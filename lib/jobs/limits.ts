const MIB = 1024 * 1024;

/** Inngest's own limits, so that no job works here and fails there. Sizes in bytes. */
export const limits = {
  event: MIB / 2,
  eventsPerRequest: 5_000,
  stepOutput: 4 * MIB,
  runState: 32 * MIB,
  stepsPerRun: 1_000,
} as const;

export function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value) ?? "");
}
