import { pino } from "pino";

/** Controllers log to stderr, so that stdout stays free; `LOG_LEVEL` says how much, `warn` unless told. */
export const log = pino({ name: "controllers", level: process.env.LOG_LEVEL ?? "warn" }, pino.destination(2));
