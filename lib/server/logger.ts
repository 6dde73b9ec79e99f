import { pino } from "pino";
import { scrub } from "./scrub.ts";

export type Logger = pino.Logger;

/** JSON lines on stdout; secrets are cut out of everything, by the name of the field and by their look. */
export function openLogger(level: string, destination?: pino.DestinationStream): Logger {
  const options: pino.LoggerOptions = {
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: {
      err: (error: unknown) => scrub(error instanceof Error ? pino.stdSerializers.err(error) : error),
    },
    formatters: { log: (fields) => scrub(fields) as Record<string, unknown> },
    hooks: {
      logMethod(args, method) {
        const [first, ...rest]: unknown[] = args;
        // Of an error alone pino would take the message as it is.
        const full =
          first instanceof Error ? [{ err: first }, ...(rest.length > 0 ? rest : [first.message])] : args;
        method.apply(this, full.map((arg) => (typeof arg === "string" ? scrub(arg) : arg)) as typeof args);
      },
    },
  };
  return destination ? pino(options, destination) : pino(options);
}
