/** Why a key file could not be read or written: a closed set of reasons, each with advice in its message. */

/** What stood in the way. */
export type KeyFileFault =
  /** There is no such file. */
  | 'not_found'
  /** There is a file already; it is never overwritten. */
  | 'exists'
  /** Others than its owner can read it. */
  | 'exposed'
  /** It is encrypted, and no passphrase was given. */
  | 'passphrase_missing'
  /** The passphrase is not the one, or the file was changed. */
  | 'passphrase_wrong'
  /** It is not a key file, or one that this version does not know. */
  | 'malformed'
  /** The operating system refused; `cause` says why. */
  | 'inaccessible';

/** Thrown for a key file that can't be read or written. Decide by `fault`; the message says what to do. Nothing secret is in it. */
export class KeyFileError extends Error {
  override readonly name = 'KeyFileError';
  readonly fault: KeyFileFault;

  constructor(fault: KeyFileFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.fault = fault;
  }
}
