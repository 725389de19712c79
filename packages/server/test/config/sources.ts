/** Settings from nowhere but where a test says. */
import { readSettings, type SettingSources } from '#src/config/read-settings.js';

export function read(sources: Partial<SettingSources>): ReturnType<typeof readSettings> {
  return readSettings({ env: {}, dotenv: undefined, flags: new Map(), ...sources });
}

/** The faults of an environment; none where it is accepted. */
export function faultsOf(env: Record<string, string>): readonly string[] {
  const outcome = read({ env });
  return outcome.ok ? [] : outcome.problem;
}
