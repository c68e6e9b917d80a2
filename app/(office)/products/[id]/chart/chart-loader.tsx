"use client";

import { useTranslations } from "next-intl";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { ErrorState } from "@/components/error-state";
import { cn } from "@/components/ui/class-names";
import { Skeleton } from "@/components/ui/skeleton";
import type { ChartRange } from "@/lib/repricing/chart/chart-model";
import type { ChartAnswer } from "./chart-answer";

const PriceChart = lazy(async () => ({ default: (await import("./price-chart")).PriceChart }));

type Props = {
  productId: string;
  cityId: string;
  range: ChartRange;
  /** Another one when there is something new to draw. */
  version: string;
};

type Loaded = { range: ChartRange; cityId: string; chart: ChartAnswer };

/** Fetches the chart and what draws it when it comes into sight, and its data again when they change. */
export function ChartLoader({ productId, cityId, range, version }: Props) {
  const t = useTranslations("products.product.chart");
  const [isSeen, setSeen] = useState(false);
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [failed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const box = useRef<HTMLDivElement>(null);

  useEffect(() => {
    if (!box.current) return;
    const watcher = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && setSeen(true),
      { rootMargin: "200px" },
    );
    watcher.observe(box.current);
    return () => watcher.disconnect();
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version or attempt is a reason to ask again.
  useEffect(() => {
    if (!isSeen) return;
    const stop = new AbortController();
    const load = async () => {
      const query = new URLSearchParams({ range, city: cityId });
      const address = `/products/${productId}/chart?${query}`;
      const response = await fetch(address, { signal: stop.signal, cache: "no-store" });
      if (!response.ok) throw new Error(`chart: ${response.status}`);
      setLoaded({ range, cityId, chart: await response.json() });
      setFailed(false);
    };
    load().catch(() => {
      if (!stop.signal.aborted) setFailed(true);
    });
    return () => stop.abort();
  }, [isSeen, productId, cityId, range, version, attempt]);

  const retry = () => {
    setFailed(false);
    setAttempt((count) => count + 1);
  };
  const waits = loaded?.range !== range || loaded.cityId !== cityId;
  if (failed && waits)
    return <ErrorState title={t("failed.title")} text={t("failed.text")} retry={retry} />;
  const skeleton = <Skeleton className="h-112 rounded-md max-md:h-132" />;
  return (
    <div ref={box} aria-busy={waits} className={cn(waits && loaded && "opacity-60")}>
      {loaded ? (
        <Suspense fallback={skeleton}>
          <PriceChart chart={loaded.chart} />
        </Suspense>
      ) : (
        skeleton
      )}
    </div>
  );
}
