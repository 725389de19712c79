/**
 * The description of the API, made from the routes themselves and from the schemas that validate.
 * Cost: made once, when the hub starts.
 */
import {
  AdvertisementBodySchema,
  AdvertisementSchema,
  ExplanationSchema,
  GrantedAdvertisementSchema,
  HealthSchema,
  InfoSchema,
  PollSchema,
  PROBLEMS,
  ProblemSchema,
  ProviderStatusSchema,
  type ProblemCode,
  StatsSchema,
  WithdrawnSchema,
} from 'golem-vm-discovery-protocol';
import { type DescribedHeader, type JsonSchema, type Operation, schemaRef } from './operation.js';

/** A route with its description. */
export interface DescribedRoute {
  readonly method: string;
  /** With parameters as `:name`. */
  readonly path: string;
  readonly operation: Operation;
}

/** What every route may refuse with. */
const UNIVERSAL: readonly ProblemCode[] = [
  'REQ_001',
  'REQ_006',
  'REQ_007',
  'REQ_008',
  'SYS_001',
  'SYS_002',
];

const SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  AdvertisementBody: AdvertisementBodySchema,
  Advertisement: AdvertisementSchema,
  GrantedAdvertisement: GrantedAdvertisementSchema,
  Withdrawn: WithdrawnSchema,
  Explanation: ExplanationSchema,
  Stats: StatsSchema,
  ProviderStatus: ProviderStatusSchema,
  Health: HealthSchema,
  Info: InfoSchema,
  Poll: PollSchema,
  Problem: ProblemSchema,
};

type AnyHeader =
  | DescribedHeader
  | 'RateLimit'
  | 'RateLimit-Policy'
  | 'Retry-After'
  | 'X-Request-Id'
  | 'Allow';

const HEADERS: Readonly<Record<AnyHeader, string>> = {
  Link: 'the next page, as `rel="next"`; absent on the last one',
  'X-Total-Count': 'how many fit in all; with count=true',
  'X-Discovery-Cursor':
    'where the history of what is listed stands: a watch with `since` this cursor tells exactly what changed after this list',
  'X-Discovery-State': '`warming` for one lease after a restart: not all may have come back yet',
  'X-Discovery-Stale': 'seconds for which this hub has not heard from the database that it shares',
  RateLimit:
    'what is left of the budget of this address, and in how many seconds it is whole again',
  'RateLimit-Policy': 'the budget of this address: so many in so many seconds',
  'Retry-After': 'seconds after which trying again makes sense',
  'X-Request-Id': 'names this answer; the same as request_id',
  Allow: 'the methods that this path takes; with REQ_003',
};

/** Makes the document. */
export function describeApi(version: string, routes: readonly DescribedRoute[]): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'VM on Golem Discovery',
      version,
      description: `Providers advertise what they have free; requestors find the ones that fit.\n\n${problemTable()}`,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    // Relative to where the document is, whatever a proxy adds in front.
    servers: [{ url: '../..' }],
    tags: [{ name: 'advertisements' }, { name: 'hub' }],
    paths: pathsOf(routes),
    components: {
      schemas: SCHEMAS,
      headers: Object.fromEntries(
        Object.entries(HEADERS).map(([name, description]) => [
          name,
          { description, schema: { type: 'string' } },
        ]),
      ),
    },
  };
}

/** All of them: those of the parser and of unknown routes belong to no operation. */
function problemTable(): string {
  const rows = Object.entries(PROBLEMS).map(
    ([code, { status, title, retry }]) => `| ${code} | ${status} | ${title} | ${retry} |`,
  );
  return ['| code | status | when | try again |', '|---|---|---|---|', ...rows].join('\n');
}

function pathsOf(routes: readonly DescribedRoute[]): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const { method, path, operation } of routes) {
    const item = (paths[path.replace(/:(\w+)/, '{$1}')] ??= {});
    item[method.toLowerCase()] = describeOperation(operation);
  }
  return paths;
}

function describeOperation(operation: Operation): object {
  const { id, tag, summary, description, parameters, body } = operation;
  return {
    operationId: id,
    tags: [tag],
    summary,
    description,
    parameters,
    requestBody: body && { required: true, content: jsonContent(body) },
    responses: { 200: describeAnswer(operation), ...describeRefusals(operation) },
  };
}

function describeAnswer({
  answer,
  answerDescription,
  answerHeaders = [],
  eventStream,
  counted,
}: Operation): object {
  const names = counted ? [...answerHeaders, ...BUDGET_HEADERS] : answerHeaders;
  return {
    description: answerDescription,
    headers: headerRefs(names),
    content: { ...jsonContent(answer), ...(eventStream && streamContent(eventStream)) },
  };
}

const BUDGET_HEADERS = ['RateLimit', 'RateLimit-Policy'] as const;

/** One entry for each status, which several codes may share. */
function describeRefusals({ problems, counted }: Operation): object {
  const codes = [...problems, ...(counted ? (['RATE_001'] as const) : []), ...UNIVERSAL];
  const statuses = [...new Set(codes.map((code) => PROBLEMS[code].status))].toSorted(
    (a, b) => a - b,
  );
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      describeRefusal(
        codes.filter((code) => PROBLEMS[code].status === status),
        counted ? BUDGET_HEADERS : [],
      ),
    ]),
  );
}

function describeRefusal(codes: readonly ProblemCode[], others: readonly AnyHeader[]): object {
  const description = codes.map((code) => `${code}: ${PROBLEMS[code].title}`).join('; ');
  const later = codes.some((code) => PROBLEMS[code].retry === 'later');
  const names = ['X-Request-Id', ...(later ? (['Retry-After'] as const) : []), ...others] as const;
  const schema = { allOf: [schemaRef('Problem'), { properties: { code: { enum: codes } } }] };
  return {
    description,
    headers: headerRefs(names),
    content: jsonContent(schema),
  };
}

function headerRefs(names: readonly AnyHeader[]): object {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}

function streamContent(description: string): object {
  return { 'text/event-stream': { schema: { type: 'string', description } } };
}

function jsonContent(schema: JsonSchema): object {
  return { 'application/json': { schema } };
}
