/** What the description of the API is told about a route. */
import { LIMITS, type ProblemCode } from 'golem-vm-discovery-protocol';

/** JSON Schema 2020-12, as OpenAPI 3.1 has it: the schemas of the protocol are such. */
export type JsonSchema = object;

/** One parameter. */
export interface Parameter {
  readonly name: string;
  readonly in: 'query' | 'path' | 'header';
  readonly description: string;
  readonly required?: boolean;
  readonly schema: JsonSchema;
}

/** The provider id in a path. */
export const PATH_ID: Parameter = {
  name: 'provider_id',
  in: 'path',
  description: 'The id of the provider; its colons may be percent-encoded.',
  schema: { type: 'string', maxLength: LIMITS.providerIdCharsMax },
  required: true,
};

/** Headers of answers that have a description. */
export type DescribedHeader =
  | 'Link'
  | 'X-Total-Count'
  | 'X-Discovery-Cursor'
  | 'X-Discovery-State'
  | 'X-Discovery-Stale';

/** One method on one path. */
export interface Operation {
  /** Unique; what generated clients call it. */
  readonly id: string;
  readonly tag: 'advertisements' | 'hub';
  readonly summary: string;
  readonly description?: string;
  readonly parameters?: readonly Parameter[];
  /** The body of the request. */
  readonly body?: JsonSchema;
  /** The body of the 200. */
  readonly answer: JsonSchema;
  readonly answerDescription: string;
  /** The 200 can be a stream of Server-Sent Events too: which. */
  readonly eventStream?: string;
  readonly answerHeaders?: readonly DescribedHeader[];
  /** Whether the address's budget is counted: adds RATE_001 and the headers. */
  readonly counted: boolean;
  /** What it may refuse with, beyond what every route may. */
  readonly problems: readonly ProblemCode[];
}

/** The parameters of a query, as their schemas describe them. */
export function parametersOf(schemas: Readonly<Record<string, JsonSchema>>): readonly Parameter[] {
  return Object.entries(schemas).map(([name, schema]) => ({
    name,
    in: 'query',
    description: 'description' in schema ? String(schema.description) : name,
    schema,
  }));
}

/** Points to a schema of the document by its name. */
export function schemaRef(name: string): JsonSchema {
  return { $ref: `#/components/schemas/${name}` };
}
