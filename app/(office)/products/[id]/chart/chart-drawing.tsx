import type { Scale } from "@/components/chart/axes";
import { bandPath, stepPath } from "@/components/chart/paths";
import { cn } from "@/components/ui/class-names";
import type { ChartAnswer, ChartMark } from "./chart-answer";
import { drawnLines, lineLooks } from "./line-looks";

/** More dots than this would hide the line. */
const MANY = 60;

type Props = {
  chart: ChartAnswer;
  x: Scale;
  y: Scale;
  moneyTicks: number[];
  timeTicks: number[];
  chosen: ChartMark | undefined;
  /** Our price at a moment, ₸. */
  priceAt: (at: number) => number | null;
};

/**
 * The lines themselves, stretched to whatever room there is: strokes keep their width, and a dot is a
 * line without length, so that stretching leaves it round.
 */
export function ChartDrawing({ chart, x, y, moneyTicks, timeTicks, chosen, priceAt }: Props) {
  const { lines, unread, marks, to } = chart;
  const plot = { x, y, to };
  const dotsOf = (shown: ChartMark[]) =>
    shown
      .map(({ at }) => ({ at, price: priceAt(at) }))
      .map(({ at, price }) => (price === null ? "" : `M${x(at)} ${y(price)}h0`))
      .join("");
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 100 100"
      preserveAspectRatio="none"
      className="absolute inset-0 size-full fill-none [&_path]:[vector-effect:non-scaling-stroke]"
    >
      <path d={bandPath(lines.floor, lines.ceiling, plot)} className="fill-blue-soft" />
      {unread.map(({ from, to: end }) => (
        <rect
          key={from}
          x={x(from)}
          width={Math.max(x(end) - x(from), 0)}
          height="100"
          className="fill-sunken"
        />
      ))}
      <path d={moneyTicks.map((tick) => `M0 ${y(tick)}H100`).join("")} className="stroke-line" />
      <path d={timeTicks.map((tick) => `M${x(tick)} 0V100`).join("")} className="stroke-line" />
      {drawnLines.map((line) => (
        <path
          key={line}
          d={stepPath(lines[line], plot)}
          className={lineLooks[line].className}
          strokeDasharray={lineLooks[line].dash}
        />
      ))}
      <path
        d={dotsOf(marks.filter(({ isSent }) => isSent))}
        strokeLinecap="round"
        className={cn("stroke-blue", marks.length > MANY ? "stroke-[3.5]" : "stroke-[6]")}
      />
      {chosen && (
        <>
          <path d={`M${x(chosen.at)} 0V100`} className="stroke-ink-soft" />
          <path d={dotsOf([chosen])} strokeLinecap="round" className="stroke-[11] stroke-ink" />
          <path d={dotsOf([chosen])} strokeLinecap="round" className="stroke-[6] stroke-surface" />
        </>
      )}
    </svg>
  );
}
