import type { ChartLine } from "@/lib/repricing/chart/chart-model";

/** Told apart by their dashes as well as by colour. */
export const lineLooks: Record<ChartLine, { className: string; dash?: string }> = {
  floor: { className: "stroke-line-strong stroke-[1.5]", dash: "1.5 3.5" },
  ceiling: { className: "stroke-line-strong stroke-[1.5]", dash: "9 3 1.5 3" },
  rival: { className: "stroke-amber stroke-[1.5]", dash: "4 6" },
  price: { className: "stroke-blue stroke-[2.5]" },
};

/** As the legend names them. */
export const chartLines: readonly ChartLine[] = ["price", "rival", "ceiling", "floor"];

/** As they are drawn: a rival a tenge away still shows through its dashes. */
export const drawnLines: readonly ChartLine[] = ["floor", "ceiling", "price", "rival"];
