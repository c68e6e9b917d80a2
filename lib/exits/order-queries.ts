import { asc, isNotNull } from "drizzle-orm";
import { exits } from "@/lib/db/schema/exits";

/** The machine's own address, then the proxies as they came: its row has the clock of Postgres, theirs have ours. */
export const inTheirOrder = [asc(isNotNull(exits.proxyUrl)), asc(exits.createdAt), asc(exits.id)];
