/** Every command there is, in the order of `--help`. A new one is a file in `commands/` and a line here. */
import { advertise } from './commands/advertise.js';
import { completion } from './commands/completion.js';
import { explain } from './commands/explain.js';
import { find } from './commands/find.js';
import { get } from './commands/get.js';
import { info } from './commands/info.js';
import { keygen } from './commands/keygen.js';
import { simulate } from './commands/simulate.js';
import { stats } from './commands/stats.js';
import { status } from './commands/status.js';
import { waitFor } from './commands/wait-for.js';
import { withdraw } from './commands/withdraw.js';
import type { Subcommand } from './subcommand.js';

export const COMMANDS: readonly Subcommand[] = [
  find,
  waitFor,
  explain,
  get,
  status,
  stats,
  info,
  keygen,
  advertise,
  withdraw,
  simulate,
  completion,
];
