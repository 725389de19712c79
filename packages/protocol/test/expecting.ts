/** Unwraps results in tests: the other arm fails the test with what it says. */
import assert from 'node:assert/strict';
import type { Problem, Result } from 'golem-vm-discovery-protocol';

/** The value of a result that must have been accepted. */
export function accepted<Value>(result: Result<Value>): Value {
  if (!result.ok) assert.fail(`refused: ${result.problem.code} ${result.problem.message}`);
  return result.value;
}

/** The problem of a result that must have been refused. */
export function refused(result: Result<unknown>): Problem {
  if (result.ok) assert.fail(`accepted: ${JSON.stringify(result.value)}`);
  return result.problem;
}

/** The bytes of a text, as UTF-8. */
export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
