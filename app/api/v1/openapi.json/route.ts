import { openApiDocument } from "@/lib/api/openapi";

/** What the API is; nothing in it is anybody's. */
export function GET(): Response {
  return Response.json(openApiDocument());
}
