/** One measured number, next to what the machine does of the same kind without us. */
export type Figure = {
  what: string;
  value: number;
  unit: string;
  /** What it should be: at least, or at most. A figure without one is only kept. */
  target?: { least: number } | { most: number };
  /** Measured in the same run, on the same machine. */
  baseline?: { what: string; value: number };
  note?: string;
};

/** Measures one part of the product in a process of its own. */
export type Bench = () => Promise<Figure[]>;
