/** A position in the history as clients hold it: opaque to them, `<epoch>-<revision>` to us. */
import type { Position } from '../../store/history.js';

const CURSOR = /^(?<epoch>[0-9a-z]{1,32})-(?<revision>[0-9]{1,16})$/;

/** The text of a position. */
export function formatCursor({ epoch, revision }: Position): string {
  return `${epoch}-${revision}`;
}

/** Reads a cursor; `undefined` where it is none, whoever made it. A revision too large for a number is from the future all the same. */
export function parseCursor(text: string): Position | undefined {
  const parts = CURSOR.exec(text)?.groups;
  const { epoch, revision } = parts ?? {};
  return epoch === undefined ? undefined : { epoch, revision: Number(revision) };
}
