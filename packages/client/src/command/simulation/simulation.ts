/** A market in one command: a fleet that comes, lives, and leaves without a trace. */
import { createDeadline } from '../deadline.js';
import { DONE, type Ended } from '../exit-codes.js';
import { failureEnding } from '../failure-ending.js';
import { countText } from '../rendering/amounts.js';
import { progressText } from '../rendering/progress-text.js';
import { createStatusLine, type StatusLine } from '../rendering/status-line.js';
import type { Connection } from '../options/client-options.js';
import type { Surroundings } from '../surroundings.js';
import { arrive } from './arrival.js';
import { live } from './daily-life.js';
import { Fleet } from './fleet.js';

/** What is simulated. */
export interface Scenario {
  readonly connection: Connection;
  readonly providers: number;
  /** Milliseconds to go on once all have come; `undefined`: until interrupted. */
  readonly lifeMs: number | undefined;
}

const TICK_MS = 500;

/** Runs a scenario until it is over or interrupted. Whoever came is withdrawn. */
export async function simulate(scenario: Scenario, surroundings: Surroundings): Promise<Ended> {
  const interruption = surroundings.interruption();
  const status = createStatusLine(surroundings.err);
  const simulation = new Simulation(scenario, surroundings, status);
  try {
    return await simulation.run(interruption.signal);
  } finally {
    await simulation.close();
    status.close();
    interruption.close();
  }
}

class Simulation {
  readonly #scenario: Scenario;
  readonly #surroundings: Surroundings;
  readonly #status: StatusLine;
  readonly #fleet: Fleet;
  #renewals = 0;

  constructor(scenario: Scenario, surroundings: Surroundings, status: StatusLine) {
    this.#scenario = scenario;
    this.#surroundings = surroundings;
    this.#status = status;
    this.#fleet = new Fleet({
      ...scenario.connection,
      random: surroundings.random,
      onEvent: ({ kind }) => void (this.#renewals += kind === 'renewed' ? 1 : 0),
    });
  }

  /** The first one goes ahead: where it is refused for good or hears nothing, nobody follows. */
  async run(stop: AbortSignal): Promise<Ended> {
    const { heard } = await this.#fleet.welcome();
    const held = heard.kind === 'refused' && heard.failure.code === 'RATE_001';
    if ((heard.kind === 'refused' && !held) || heard.kind === 'unreachable') {
      return failureEnding(heard.failure);
    }
    await this.#while(() => this.#arrivalText(), this.#gather(stop));
    await this.#while(() => this.#lifeText(), this.#live(stop));
    return DONE;
  }

  /** Everybody withdraws. */
  async close(): Promise<void> {
    const { listed } = this.#fleet;
    const leaving = () =>
      `${countText(this.#fleet.listed)} of ${countText(listed)} still to withdraw`;
    await this.#while(leaving, this.#fleet.close());
    if (listed > 0) this.#status.print(farewellText(listed, this.#fleet.listed));
  }

  async #gather(stop: AbortSignal): Promise<void> {
    const { providers } = this.#scenario;
    await arrive(this.#fleet, providers, (waitMs) => this.#explainHolding(waitMs), stop);
  }

  async #live(stop: AbortSignal): Promise<void> {
    const { lifeMs, connection } = this.#scenario;
    if (stop.aborted) return;
    const where = connection.hubs.join(' and ');
    this.#status.print(`${countText(this.#fleet.size)} providers at ${where}`);
    this.#status.print('Look at them with: golem-discovery find');
    const tell = (line: string): void => this.#status.print(line);
    const life = createDeadline(lifeMs, stop);
    try {
      await live(this.#fleet, this.#surroundings.random, tell, life.signal);
    } finally {
      life.close();
    }
  }

  #explainHolding(waitMs: number): void {
    const lines = [
      'This hub takes only so many new providers a minute from one address.',
      `Going on in ${Math.ceil(waitMs / 1_000)} s, at its pace. To have them all at once, start it with:`,
      '  DISCOVERY_RATE_LIMIT_PER_MINUTE=0 golem-discovery-server',
    ];
    for (const line of lines) this.#status.print(line);
  }

  #arrivalText(): string {
    return `${progressText(this.#fleet.listed, this.#scenario.providers)} listed`;
  }

  #lifeText(): string {
    const { listed } = this.#fleet;
    return `${countText(listed)} listed, ${countText(this.#renewals)} renewals so far. Ctrl-C withdraws them all.`;
  }

  /** Shows how it stands for as long as something is under way. */
  async #while(text: () => string, work: Promise<void>): Promise<void> {
    const tick = setInterval(() => this.#status.show(text()), TICK_MS);
    try {
      await work;
    } finally {
      clearInterval(tick);
    }
  }
}

function farewellText(listed: number, left: number): string {
  return left === 0
    ? `All ${countText(listed)} have withdrawn: the hub is as it was.`
    : `${countText(left)} of ${countText(listed)} could not withdraw: they end with their leases.`;
}
