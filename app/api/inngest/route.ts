import { functions } from "@/lib/functions";
import { inngestRoute } from "@/lib/jobs/route";

const handle = inngestRoute(functions);

export { handle as GET, handle as POST, handle as PUT };
