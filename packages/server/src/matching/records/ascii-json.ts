/**
 * JSON in ASCII alone: what is not, is escaped, as JSON allows. Texts of answers are made so that
 * their length is their number of bytes, and a socket takes them without encoding anything.
 */

/** As `JSON.stringify`, with `\u` for everything beyond ASCII. */
export function asciiJson(value: object | string): string {
  return JSON.stringify(value).replaceAll(/[\u007f-\uffff]/g, escapeUnit);
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
