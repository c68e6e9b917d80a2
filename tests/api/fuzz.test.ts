import { fuzzApi } from "../support/fuzz-api";

// A few, and always the same; fuzz.long.test.ts has the rest.
await fuzzApi({ requests: 30, seed: 20_261_121 });
