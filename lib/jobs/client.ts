import { Inngest, Middleware, ProxyLogger } from "inngest";
import { originOfRun, withRequest } from "@/lib/jobs/of-request";
import { asRetryError } from "@/lib/jobs/retry-errors";
import { ourRunId } from "@/lib/jobs/run-id";
import { comingFrom } from "@/lib/log/origin";

export const APP_ID = "duken";

export type JobLog = {
  debug(fields: object, message?: string): void;
  info(fields: object, message?: string): void;
  warn(fields: object, message?: string): void;
  error(fields: object, message?: string): void;
};

type Ran = Pick<Middleware.WrapFunctionHandlerArgs, "ctx" | "fn">;
const originOf = ({ ctx, fn }: Ran) => originOfRun(fn.id(), ourRunId(ctx.runId), ctx.event.data);

/**
 * Gives jobs what the SDK does not: a signal to stop, a log that is silent during replays, our errors'
 * retry rules, and the request they go back to.
 */
export function jobMiddleware(log: JobLog) {
  return class JobMiddleware extends Middleware.BaseMiddleware {
    readonly id = "duken:job";
    private signal = new AbortController().signal;
    private readonly log = new ProxyLogger(log as ConstructorParameters<typeof ProxyLogger>[0]);

    override wrapRequest({ requestArgs, next }: Middleware.WrapRequestArgs) {
      const [request] = requestArgs;
      if (request instanceof Request) this.signal = request.signal;
      return next();
    }

    override transformFunctionInput(input: Middleware.TransformFunctionInputArgs) {
      return { ...input, ctx: { ...input.ctx, signal: this.signal, log: this.log as JobLog } };
    }

    override onMemoizationEnd() {
      this.log.enable();
    }

    override transformSendEvent(sent: Middleware.TransformSendEventArgs) {
      const events = sent.events.map((event) => ({
        ...event,
        data: withRequest(event.data ?? {}),
      }));
      return { ...sent, events };
    }

    override wrapStepHandler({ next, ...about }: Middleware.WrapStepHandlerArgs) {
      return comingFrom(originOf(about), next).catch(asRetryError);
    }

    override wrapFunctionHandler({ next, ...about }: Middleware.WrapFunctionHandlerArgs) {
      return comingFrom(originOf(about), next).catch(asRetryError);
    }
  };
}

export type Transport = {
  baseUrl?: string | undefined;
  isDev: boolean;
  eventKey?: string | undefined;
  signingKey?: string | undefined;
  signingKeyFallback?: string | undefined;
  /** Off unless said: the embedded engine stores every step itself. */
  checkpointing?: boolean;
  fetch?: typeof fetch;
  /** What goes on around the jobs of this engine, beside what goes on around all. */
  middleware?: Middleware.Class[];
};

export const silent: JobLog = { debug() {}, info() {}, warn() {}, error() {} };

/** The client that serves the functions. Errors of jobs are logged by the engine, so the SDK's own log is off. */
export function jobClient(transport: Transport, log: JobLog): Inngest.Any {
  const { middleware = [], ...wire } = transport;
  const given = Object.entries(wire).filter(([, value]) => value !== undefined);
  return new Inngest({
    id: APP_ID,
    checkpointing: false,
    ...Object.fromEntries(given),
    aiMetadata: false,
    middleware: [jobMiddleware(log), ...middleware],
    logger: silent,
    internalLogger: log,
  } as ConstructorParameters<typeof Inngest>[0]);
}

/** Functions are defined on this one; whoever runs them serves them with a client of its own. */
export const definitions = jobClient({ isDev: true }, silent);
