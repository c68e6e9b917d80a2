import type { TwinRequest } from "./http";
import type { CabinetSession } from "./sessions";
import type { World } from "./world";

/** A call to the cabinet that came with a living session. */
export type Visit = { world: World; request: TwinRequest; session: CabinetSession };
