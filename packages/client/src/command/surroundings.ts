/** What a command touches of the world. Only `main.ts` makes one from the process; tests make their own. */

/** Where text goes: a terminal, or a pipe or file. */
export interface Output {
  write(text: string): void;
  /** Whether a person looks at it as it is written: only then are there progress and prompts. */
  readonly isTerminal: boolean;
  /** How wide it is; `undefined` where nothing limits it. */
  columns(): number | undefined;
  /** Whether colours are wanted. */
  readonly colour: boolean;
}

/** A wish to stop that may come. */
export interface Interruption {
  /** Aborts with the first Ctrl-C (or SIGTERM); a second one ends the process at once. */
  readonly signal: AbortSignal;
  /** Stops listening. Safe to call twice. */
  close(): void;
}

/** What a person typed; or nobody was there, or gave up. */
export type Secret = { readonly typed: string } | 'nobody' | 'gave up';

/** Everything that a command may use, apart from the network and the files that it names. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where the user keeps things. */
  readonly homeFolder: string;
  /** What was asked for. */
  readonly out: Output;
  /** Everything else: messages, progress, prompts. */
  readonly err: Output;
  /** Unix milliseconds. */
  readonly nowMs: () => number;
  /** A number from 0 up to 1. */
  readonly random: () => number;
  /** Asks a person for what must not be shown. */
  askSecret(question: string): Promise<Secret>;
  interruption(): Interruption;
}
