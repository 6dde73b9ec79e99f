import { Scalar } from "yaml";

/** Words some YAML 1.1 reader (Kubernetes' speaks it) takes for a boolean, null or a number. */
const reserved = /^(?:y|yes|n|no|on|off|true|false|null|nan|e[-+]?\d+)$/i;

/** Certainly a string in YAML 1.1 and 1.2: starts with a letter, no mark of meaning, no blank. */
const word = /^(?:\.\/)?[A-Za-z](?:[\w./@-]*[\w/])?$/;

/** IPv4 address or range: more than one dot, so no number. */
const range = /^\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?$/;

/** Kubernetes version or semver with three parts: no number either. */
const version = /^v?\d+\.\d+\.\d+$/;

/** May this string stand without quotes and still be read as exactly this string by every YAML reader? */
function isSafePlain(text: string): boolean {
  return (word.test(text) && !reserved.test(text)) || range.test(text) || version.test(text);
}

/**
 * Makes a scalar hold a string that no reader takes for anything else: unquoted only where that is certain, in its
 * own quotes where it had some, else in double quotes.
 */
export function setString(scalar: Scalar, text: string): void {
  const wasPlain = scalar.type === Scalar.PLAIN || scalar.type === undefined;
  const keeps = scalar.type === Scalar.QUOTE_DOUBLE || scalar.type === Scalar.QUOTE_SINGLE;
  if (wasPlain) scalar.type = isSafePlain(text) ? Scalar.PLAIN : Scalar.QUOTE_DOUBLE;
  else if (!keeps || /[\n\t]/.test(text)) scalar.type = Scalar.QUOTE_DOUBLE;
  setValue(scalar, text);
}

/** Makes a scalar hold a number, boolean or null, written plainly. */
export function setTyped(scalar: Scalar, value: number | boolean | null): void {
  scalar.type = Scalar.PLAIN;
  setValue(scalar, value);
}

function setValue(scalar: Scalar, value: unknown): void {
  scalar.value = value;
  delete scalar.source;
  delete scalar.format;
  delete scalar.minFractionDigits;
}
