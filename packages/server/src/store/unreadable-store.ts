/** The storage failed while what is stored was read: no bug, and nothing that a hub could start with. */
export class UnreadableStore extends Error {
  /** Whether it may be readable in a moment, as after a connection was lost. */
  readonly isPassing: boolean;

  /** `message` is a sentence for the operator. */
  constructor(message: string, options: { isPassing?: boolean; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.isPassing = options.isPassing ?? false;
  }
}
