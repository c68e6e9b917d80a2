/** A run as a page shows it. */
export type RunProgress = {
  id: string;
  kind:
    | "sync"
    | "bulk"
    | "costs"
    | "reprice"
    | "upload"
    | "rollback"
    | "preorders"
    | "orders"
    | "reviews";
  status: "queued" | "running" | "finished" | "failed" | "cancelled";
  done: number;
  total: number | null;
  counts: Record<string, number>;
  errorKey: string | null;
  startedAt: string | null;
  finishedAt: string | null;
};

export function isUnderWay({ status }: Pick<RunProgress, "status">): boolean {
  return status === "queued" || status === "running";
}

type Stored = Omit<RunProgress, "startedAt" | "finishedAt"> & {
  startedAt: Date | null;
  finishedAt: Date | null;
};

export function toProgress({
  id,
  kind,
  status,
  done,
  total,
  counts,
  errorKey,
  startedAt,
  finishedAt,
}: Stored): RunProgress {
  return {
    id,
    kind,
    status,
    done,
    total,
    counts,
    errorKey,
    startedAt: startedAt?.toISOString() ?? null,
    finishedAt: finishedAt?.toISOString() ?? null,
  };
}
