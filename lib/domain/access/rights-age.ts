/**
 * How old rights may get (decisions §4: 60 s). An open stream looks every `lookMs`, and what a look finds older than
 * `maxAgeMs` is asked of the forge anew: together they stay under the 60 s.
 */
export const rightsAge = { lookMs: 15_000, maxAgeMs: 40_000 };
