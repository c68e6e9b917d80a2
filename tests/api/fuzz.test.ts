import { vi } from "vitest";
import { fuzzApi } from "../support/fuzz-api";

vi.setConfig({ testTimeout: 60_000 });

// A few, and always the same; fuzz.long.test.ts has the rest.
await fuzzApi({ requests: 50, seed: 20_261_121 });
