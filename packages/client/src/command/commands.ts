/** Every command there is, in the order of `--help`. A new one is a file in `commands/` and a line here. */
import { advertise } from './commands/advertise.js';
import { completion } from './commands/completion.js';
import { find } from './commands/find.js';
import { get } from './commands/get.js';
import { info } from './commands/info.js';
import { keygen } from './commands/keygen.js';
import { simulate } from './commands/simulate.js';
import { withdraw } from './commands/withdraw.js';
import type { Subcommand } from './subcommand.js';

export const COMMANDS: readonly Subcommand[] = [
  find,
  get,
  info,
  keygen,
  advertise,
  withdraw,
  simulate,
  completion,
];
