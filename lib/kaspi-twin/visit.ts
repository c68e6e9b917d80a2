import type { TwinRequest } from "@/lib/kaspi-twin/http";
import type { CabinetSession } from "@/lib/kaspi-twin/sessions";
import type { World } from "@/lib/kaspi-twin/world";

/** A call to the cabinet that came with a living session. */
export type Visit = { world: World; request: TwinRequest; session: CabinetSession };
