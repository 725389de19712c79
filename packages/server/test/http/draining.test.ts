import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ADVERTISEMENTS_PATH } from 'golem-vm-discovery-protocol';
import { openEdge } from './edge-under-test.js';
import { assertProblem } from './problem-shape.js';
import { ask, converse, listen, openSocket } from './raw-client.js';
import { advertiseFields, BODY, createProvider, postBytes, requestBytes } from './requests.js';

void describe('a hub that stops', () => {
  void it('says so, refuses what is new, and stays healthy', async () => {
    const hub = await openEdge();
    hub.edge.startDraining();
    const unready = await ask(hub.port, requestBytes('GET', '/readyz'));
    assert.equal(assertProblem(unready), 'SYS_002');
    assert.match(unready.body, /stopping/);
    assert.equal((await ask(hub.port, requestBytes('GET', '/health'))).status, 200);
    const refused = await converse(hub.port, requestBytes('GET', ADVERTISEMENTS_PATH));
    assert.deepEqual(refused.answers.map(assertProblem), ['SYS_002']);
    assert.equal(refused.answers[0]?.headers.get('connection'), 'close');
    assert.equal(refused.ended, 'closed');
    await hub.close();
  });

  void it('closes idle connections, those that never spoke too', async () => {
    const hub = await openEdge();
    const silent = await openSocket(hub.port);
    const rested = await openSocket(hub.port);
    rested.write(requestBytes('GET', '/health'));
    await new Promise((resolve) => rested.once('data', resolve));
    const ends = [listen(silent), listen(rested)];
    hub.edge.startDraining();
    for (const { ended } of await Promise.all(ends)) assert.notEqual(ended, 'open');
    await hub.close();
  });

  void it('answers what it has begun before it closes', async () => {
    const hub = await openEdge();
    const socket = await openSocket(hub.port);
    const heard = listen(socket);
    const bytes = postBytes(await advertiseFields(createProvider(), hub.clock.wallMs()), BODY);
    socket.write(bytes.slice(0, -1));
    // The server has the headers once it has answered another connection that came later.
    await ask(hub.port, requestBytes('GET', '/health'));
    const closed = hub.edge.close();
    socket.write(bytes.slice(-1));
    const { answers } = await heard;
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200],
    );
    await closed;
    await hub.close();
  });

  void it('tells newcomers that it stops, until the last answer is out', async () => {
    const hub = await openEdge();
    const socket = await openSocket(hub.port);
    const heard = listen(socket);
    const bytes = postBytes(await advertiseFields(createProvider(), hub.clock.wallMs()), BODY);
    socket.write(bytes.slice(0, -1));
    await ask(hub.port, requestBytes('GET', '/health'));
    const closed = hub.edge.close();
    // Longer than it takes to look once whether anything is still under way.
    for (let time = 0; time < 20; time += 1) {
      assert.equal((await ask(hub.port, requestBytes('GET', '/health'))).status, 200);
      assert.equal(assertProblem(await ask(hub.port, requestBytes('GET', '/readyz'))), 'SYS_002');
      const refused = await converse(hub.port, requestBytes('GET', ADVERTISEMENTS_PATH));
      assert.deepEqual(refused.answers.map(assertProblem), ['SYS_002']);
      assert.equal(refused.answers[0]?.headers.get('connection'), 'close');
    }
    socket.write(bytes.slice(-1));
    assert.deepEqual(
      (await heard).answers.map(({ status }) => status),
      [200],
    );
    await closed;
    await assert.rejects(ask(hub.port, requestBytes('GET', '/health')));
    await hub.close();
  });

  void it('can be closed twice, and without having listened to anybody', async () => {
    const hub = await openEdge();
    await Promise.all([hub.edge.close(), hub.edge.close()]);
    await hub.edge.close();
    await assert.rejects(ask(hub.port, requestBytes('GET', '/health')));
    await hub.close();
  });
});
