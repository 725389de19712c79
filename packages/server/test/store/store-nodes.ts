/** Several stores on one database, each behind a proxy of its own, with somebody who listens to it. */
import assert from 'node:assert/strict';
import { openPostgresStore } from '#src/store/postgres/postgres-store.js';
import type { Store } from '#src/store/contract.js';
import { systemClock } from '#src/telemetry/clock.js';
import { startTcpProxy, type TcpProxy } from '../tcp-proxy.js';
import type { PostgresServer } from './postgres-server.js';
import { View } from './view.js';

/** One node. */
export interface StoreNode {
  readonly store: Store;
  readonly view: View;
  readonly proxy: TcpProxy;
  readonly notices: string[];
}

/** The nodes of one database. Closed by whoever made it. */
export class StoreNodes {
  readonly url: string;
  readonly #server: PostgresServer;
  readonly #nodes: StoreNode[] = [];

  constructor(server: PostgresServer, url: string) {
    this.#server = server;
    this.url = url;
  }

  async start(): Promise<StoreNode> {
    const { port } = this.#server;
    const proxy = await startTcpProxy(port);
    const view = new View();
    const notices: string[] = [];
    const opened = await openPostgresStore({
      url: this.url.replace(`:${port}/`, `:${proxy.port}/`),
      listener: view,
      clock: systemClock,
      notice: (message) => notices.push(message),
    });
    assert.ok(opened.ok, opened.ok ? '' : opened.problem);
    const node = { store: opened.value, view, proxy, notices };
    this.#nodes.push(node);
    await view.load(node.store);
    node.store.shared?.follow();
    return node;
  }

  /** As an operator would ask the database. */
  ask(text: string): Promise<readonly Record<string, unknown>[]> {
    return this.#server.query(this.url, text);
  }

  /** Whether all of them know the same. */
  agree(): boolean {
    const known = this.#nodes.map(({ view }) => JSON.stringify([view.known(), view.position]));
    return new Set(known).size === 1;
  }

  /** Waits for what must come true. */
  async until(holds: () => boolean | Promise<boolean>, msMax = 10_000): Promise<void> {
    const startMs = performance.now();
    while (!(await holds())) {
      if (performance.now() - startMs > msMax) {
        throw new Error(
          JSON.stringify(this.#nodes.map(({ view }) => view.known())).slice(0, 2_000),
        );
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async close(): Promise<void> {
    for (const node of this.#nodes.splice(0)) {
      await node.store.close();
      await node.proxy.close();
    }
  }
}

/** As it is on another node: what has no value is left out on its way. */
export function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
