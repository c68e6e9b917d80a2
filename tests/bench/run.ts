import type { Bench } from "./figure";

/** One bench, named on the command line; its figures go to the parent process. */
const { bench } = (await import(`./${process.argv[2]}.ts`)) as { bench: Bench };
const figures = await bench();
process.send?.(figures, () => process.exit(0));
