import { pino } from "pino";

export type Logger = pino.Logger;

const secrets = [
  "token",
  "accessToken",
  "refreshToken",
  "password",
  "authorization",
  "privateKey",
  "kubeconfig",
];

/** JSON lines on stdout; whatever is called like a secret is cut, at the top and one level down. */
export function openLogger(level: string): Logger {
  return pino({
    level,
    base: undefined,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: "[redacted]" },
  });
}
