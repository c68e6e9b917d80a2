import { vi } from "vitest";
import { fuzzApi } from "../support/fuzz-api";

vi.setConfig({ testTimeout: 600_000 });

await fuzzApi({ requests: 1_000 });
