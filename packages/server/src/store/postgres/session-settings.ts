/** What a session is told before its first question, so that no role, database or server decides how long work may take or what a name means. */

/** What one kind of session is told. Its bounds see to it that a node that hangs holds nothing for longer. */
export interface SessionOptions {
  /** Shown in `pg_stat_activity`. */
  readonly name: string;
  /** How long a statement may take. */
  readonly statementMs: number;
  /** How long to wait for a lock. */
  readonly lockMs: number;
  /** How long a transaction may stand without a word from its node. */
  readonly idleInTransactionMs: number;
  /** Settings besides those of every session. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** What is not acknowledged for so long is taken for cut off, by either side. */
export const UNACKNOWLEDGED_MS_MAX = 5_000;

/**
 * The first words. What they switch off is sent with them, and not among the settings, since versions before 17
 * don't know it and would refuse the session.
 */
export const GREETING = `SELECT CASE WHEN current_setting('transaction_timeout', true) IS NOT NULL
  THEN set_config('transaction_timeout', '0', false) END`;

/** The settings by their names, times in milliseconds. That a session may be read-only is left to whoever decided so. */
export function sessionSettings(options: SessionOptions) {
  const { name, settings, statementMs, lockMs, idleInTransactionMs } = options;
  return {
    application_name: name,
    synchronous_commit: 'on',
    search_path: 'pg_catalog',
    default_transaction_isolation: 'read committed',
    statement_timeout: statementMs,
    lock_timeout: lockMs,
    idle_in_transaction_session_timeout: idleInTransactionMs,
    idle_session_timeout: 0,
    tcp_user_timeout: UNACKNOWLEDGED_MS_MAX,
    client_connection_check_interval: UNACKNOWLEDGED_MS_MAX,
    ...settings,
  } as const;
}
