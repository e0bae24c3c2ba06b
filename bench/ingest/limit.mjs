// What could be reached at most: the broker that the daemon embeds, or a subscriber of another broker, with nothing but a
// durable insert of one row before each acknowledgement. JSON is not even read.
//
//   node bench/ingest/limit.mjs DATABASE PORT [BROKER_URL]

import { createServer } from "node:net";
import { Aedes } from "aedes";
import Database from "better-sqlite3";
import mqtt from "mqtt";
import { holdAcknowledgements } from "../../dist/mqtt/link/late-acknowledgement.js";

/** As of the daemon. */
const MOST = 256;
const ENCODING_BYTES = 512;
const [, , file, port, url] = process.argv;

const db = new Database(file);
for (const pragma of ["page_size = 16384", "journal_mode = WAL", "synchronous = FULL"]) db.pragma(pragma);
db.exec("CREATE TABLE faces (id INTEGER PRIMARY KEY, camera TEXT NOT NULL, encoding BLOB NOT NULL)");
const insert = db.prepare("INSERT INTO faces (camera, encoding) VALUES (?, ?)");
const insertAll = db.transaction((batch) => {
  for (const { topic, payload } of batch) insert.run(topic, payload.subarray(0, ENCODING_BYTES));
});

let waiting = [];
function store(topic, payload) {
  return new Promise((done) => {
    if (waiting.length === 0) setImmediate(drain);
    waiting.push({ topic, payload, done });
  });
}

function drain() {
  const batch = waiting.slice(0, MOST);
  waiting = waiting.slice(MOST);
  insertAll(batch);
  for (const { done } of batch) done();
  if (waiting.length > 0) setImmediate(drain);
}

if (url) {
  const client = mqtt.connect(url);
  const acknowledgements = holdAcknowledgements(client);
  client.handleMessage = (packet, done) => {
    acknowledgements.hold(packet.messageId, store(packet.topic, packet.payload));
    done();
  };
  client.on("connect", async () => {
    client.stream.setNoDelay(true);
    await client.subscribeAsync("faces2mqtt/embedding/+", { qos: 1 });
    createServer().listen(Number(port), "127.0.0.1");
  });
} else {
  const broker = await Aedes.createBroker({
    authorizePublish: (_, packet, done) => void store(packet.topic, packet.payload).then(() => done(null)),
  });
  createServer({ noDelay: true }, broker.handle).listen(Number(port), "127.0.0.1");
}
