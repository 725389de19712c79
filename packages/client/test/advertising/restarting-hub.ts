/** A real hub as a process of its own that can be killed and started again at the same port, with nothing left in its memory. */
import { startHub, type HubProcess } from '../hub-process.js';

/** One after the other at one port. Whoever makes it ends it. */
export class RestartingHub {
  readonly #settings: Readonly<Record<string, string>>;
  #hub: HubProcess;

  private constructor(settings: Readonly<Record<string, string>>, hub: HubProcess) {
    this.#settings = settings;
    this.#hub = hub;
  }

  /** Starts the first. Settings are those of its environment. */
  static async start(settings: Readonly<Record<string, string>> = {}): Promise<RestartingHub> {
    return new RestartingHub(settings, await startHub(settings));
  }

  get port(): number {
    return this.#hub.port;
  }

  get url(): string {
    return this.#hub.url;
  }

  /** Starts it again where it was. */
  async restart(): Promise<void> {
    const settings = { ...this.#settings, DISCOVERY_PORT: String(this.port) };
    this.#hub = await startHub(settings);
  }

  /** Kills it, as a power cut would. */
  kill(): Promise<void> {
    return this.#hub.end('SIGKILL');
  }
}
