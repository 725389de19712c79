/** The one shape of everything that is not 2xx. */
import assert from 'node:assert/strict';
import { PROBLEMS, ProblemSchema, type ProblemCode } from 'golem-vm-discovery-protocol';
import { Compile } from 'typebox/compile';
import type { RawAnswer } from './raw-client.js';

const FIELDS = ['code', 'message', 'timestamp', 'request_id', 'details'];

const shape = Compile(ProblemSchema);

function isProblemCode(code: unknown): code is ProblemCode {
  return typeof code === 'string' && code in PROBLEMS;
}

/** Holds an answer against the shape of a problem, and gives its code. */
export function assertProblem({ status, headers, body }: RawAnswer): ProblemCode {
  const value: unknown = JSON.parse(body);
  assert.ok(shape.Check(value), body);
  assert.ok(isProblemCode(value.code), body);
  assert.deepEqual(
    Object.keys(value).filter((field) => !FIELDS.includes(field)),
    [],
  );
  assert.equal(status, PROBLEMS[value.code].status, body);
  assert.equal(headers.get('content-type'), 'application/json; charset=utf-8');
  assert.equal(headers.get('access-control-allow-origin'), '*');
  assert.equal(headers.get('x-request-id'), value.request_id);
  assert.match(value.timestamp, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  if (status === 429 || status === 503)
    assert.match(headers.get('retry-after') ?? '', /^[1-9]\d*$/);
  return value.code;
}
