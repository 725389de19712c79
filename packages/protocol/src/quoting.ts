/**
 * How a message repeats what somebody sent: short, and printable everywhere. Messages end up in
 * terminals, logs and pages, so neither an escape sequence nor a kilobyte may come back.
 */

/** The most that a message repeats of what was sent. */
const REPEATED_CHARS_MAX = 64;

/** At most 64 characters of a hostile text, everything but printable ASCII as `?`. */
export function printable(text: string): string {
  const head = text.slice(0, REPEATED_CHARS_MAX).replace(/[^ -~]/g, '?');
  return text.length > REPEATED_CHARS_MAX ? `${head}...` : head;
}

/** The same in quotation marks. */
export function quote(text: string): string {
  return `"${printable(text).replaceAll('"', "'")}"`;
}
