'use strict';

// Azurite's blob and table services in one process that cannot outlive the one that started it: that one holds our
// standard input, the kernel closes it however that process ends, and then we save and exit.
// Azurite's own entry is not used because it also starts the queue service, which sweeps its memory every minute
// and stalls the others meanwhile, and because it does not say when it has finished saving.
//
// Arguments: Azurite's own. Standard output: one line of JSON, {"blob": url, "table": url}, once both services listen.

const crypto = require('node:crypto');
const fs = require('node:fs');
const net = require('node:net');
const path = require('node:path');

console.log = console.error; // standard output carries that one line and nothing else

const source = name => require(path.join(__dirname, 'node_modules', 'azurite', 'dist', 'src', name));

function fail(error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}

// Whoever starts on the same data next must not read them while we still save. It finds in "running" where to knock:
// it is answered with the token, and the connection then lasts as long as this process does.
async function announce(location) {
  const token = crypto.randomUUID();
  const door = net.createServer(visitor => visitor.on('error', () => {}).write(token));
  await new Promise((resolve, reject) => door.on('error', reject).listen(0, '127.0.0.1', resolve));
  fs.writeFileSync(path.join(location, 'running'), JSON.stringify({ port: door.address().port, token }));
}

async function start() {
  const Environment = source('common/Environment').default; // before the factories: it declares all the options
  const { BlobServerFactory } = source('blob/BlobServerFactory');
  const TableConfiguration = source('table/TableConfiguration').default;
  const TableServer = source('table/TableServer').default;
  const { setExtentMemoryLimit } = source('common/ConfigurationBase');
  const { DEFAULT_TABLE_LOKI_DB_PATH } = source('table/utils/constants');

  const environment = new Environment();
  if (!environment.inMemoryPersistence()) await announce(await environment.location());
  const blob = await new BlobServerFactory().createServer(environment);
  const table = new TableServer(new TableConfiguration(
    environment.tableHost(), environment.tablePort(), environment.tableKeepAliveTimeout(),
    path.join(await environment.location(), DEFAULT_TABLE_LOKI_DB_PATH),
    false, !environment.silent(), undefined, undefined,
    environment.loose(), environment.skipApiVersionCheck(), '', '', '', undefined,
    environment.disableProductStyleUrl(), environment.inMemoryPersistence()));
  setExtentMemoryLimit(environment, false);

  await blob.start();
  await table.start();
  return [blob, table];
}

const starting = start();

// Closing writes what has changed since the last saving began, and does not wait for that one to end: all is written once more,
// after it.
function save(store) {
  return new Promise((resolve, reject) => store.db.saveDatabase(error => error ? reject(error) : resolve()));
}

let stopping = false;
async function stop() {
  if (stopping) return;
  stopping = true;
  const [blob, table] = await starting;
  await Promise.all([blob, table].map(server => server.close()));
  await Promise.all([blob.extentMetadataStore, blob.metadataStore, table.metadataStore].map(save));
  process.exit(0);
}

// Ctrl-C reaches every process of the terminal. The one that started us still finishes its requests then, so only
// the end of our input, or a SIGTERM meant for us, stops us.
process.on('SIGINT', () => {});
process.on('SIGHUP', () => {});
process.on('SIGTERM', () => stop().catch(fail));
process.on('uncaughtException', fail); // an unreadable database file is thrown from a callback
for (const event of ['end', 'close', 'error']) process.stdin.on(event, () => stop().catch(fail));
process.stdin.resume();

starting.then(
  ([blob, table]) => process.stdout.write(
    JSON.stringify({ blob: blob.getHttpServerAddress(), table: table.getHttpServerAddress() }) + '\n'),
  fail);
