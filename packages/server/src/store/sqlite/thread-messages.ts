/** The messages between the main thread and the worker that owns the file. One order is out at a time, but for `prove` and `close`. */
import type { DatabaseFile } from './database-file.js';
import type { Position } from '../history.js';
import type { FlatMessage } from './flat-message.js';
import type { Chunk, Legacy } from './inheritance.js';

/** What the worker is started with. */
export interface WorkerStart extends DatabaseFile {
  /** How far ahead of now a signature may lie. */
  readonly leadMsMax: number;
  /** What the epoch is called if this start begins one. */
  readonly newEpoch: string;
}

/** What the main thread orders. */
export type Order =
  /** The next chunk of what is stored; `nowMs` is what the mark is raised to where rows are missing. */
  | { readonly kind: 'read'; readonly nowMs: number }
  /** One commit. `probe`: only if there is room for more than this. */
  | { readonly kind: 'commit'; readonly requests: FlatMessage; readonly probe: boolean }
  /** The proofs of some providers. */
  | { readonly kind: 'prove'; readonly number: number; readonly providerIds: readonly string[] }
  | { readonly kind: 'close' };

/** What the worker reports. */
export type Report =
  | { readonly kind: 'opened'; readonly notices: readonly string[] }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'chunk'; readonly chunk: Chunk }
  | { readonly kind: 'read'; readonly legacy: Legacy }
  /** Reading what is stored failed on the way. */
  | { readonly kind: 'unreadable'; readonly message: string }
  | { readonly kind: 'committed'; readonly answers: FlatMessage; readonly position: Position }
  /** `undefined`: the file could not be read. */
  | {
      readonly kind: 'proven';
      readonly number: number;
      readonly proofs: FlatMessage | undefined;
    }
  /** Nothing of the commit was done. */
  | { readonly kind: 'failed'; readonly message: string };
