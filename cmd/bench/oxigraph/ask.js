// Loads the file of N-Quads that is named first and asks the queries on standard
// input, each as often as the second argument says; cmd/bench/peer.go has the shapes.
import { createHash } from "node:crypto";
import { createReadStream, readFileSync } from "node:fs";
import oxigraph from "oxigraph";

const [file, rounds] = [process.argv[2], Number(process.argv[3])];
const queries = JSON.parse(readFileSync(0, "utf8"));
const store = new oxigraph.Store();

async function load() {
  const start = performance.now();
  let rest = "";
  for await (const chunk of createReadStream(file, { encoding: "utf8", highWaterMark: 16 << 20 })) {
    const end = chunk.lastIndexOf("\n") + 1;
    store.load(rest + chunk.slice(0, end), { format: "application/n-quads", no_transaction: true });
    rest = chunk.slice(end);
  }
  store.load(rest, { format: "application/n-quads", no_transaction: true });
  return (performance.now() - start) / 1000;
}

function ask({ text, vars }) {
  const rows = store.query(text).map((s) => vars.map((v) => s.get(v)?.toString() ?? "").join("\t"));
  const digest = createHash("sha256");
  for (const row of rows.map((r) => Buffer.from(r)).sort(Buffer.compare)) digest.update(row).update("\n");
  const times = [];
  for (let i = 0; i < rounds; i++) {
    const start = performance.now();
    store.query(text);
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return { median: times[rounds >> 1], rows: rows.length, digest: digest.digest("hex") };
}

const seconds = await load();
const { version } = JSON.parse(readFileSync(new URL("node_modules/oxigraph/package.json", import.meta.url)));
console.log(JSON.stringify({ version, load: seconds, shapes: queries.map(ask) }));
